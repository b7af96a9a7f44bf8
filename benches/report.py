"""Writes what was measured beside the targets and the peers."""
import datetime
import os
import pathlib
import platform
import re
import subprocess

import data

# What others reached on this kind of machine, and what is aimed at. What counts is the ratio: the figures move with the machine.
# name: (what it is, Node server with loaders on PostgreSQL, PostGraphile 5, one SQL statement making the whole JSON, target a second)
OPERATIONS = {
    "list": ("20 newest practices, city, country, themes", 744, 610, 3_293, 2_200),
    "deep": ("city → 10 practices → 5 seminars each → 5 documents each, host and country", 752, 686, 2_799, 2_000),
    "node": ("one practice by id, all scalars, city", 3_302, 1_973, 15_981, 9_000),
    "search": ("1–3 words, half with a theme, ten hits, total, city", 621, 269, 652, 3_000),
    "facets": ("the same with all facets", None, None, None, 1_500),
    "suggest": ("a typing completed by eight names, titles, phrases", None, None, None, None),
    "write": ("create a practice, answer with its city", 1_289, 941, None, {"sqlite": 400, "postgres": 1_000}),
}
NAMES = {"sqlite": "SQLite", "postgres": "PostgreSQL"}


def told(command):
    try:
        return subprocess.run(command, capture_output=True, text=True, timeout=30).stdout.strip()
    except OSError:
        return ""


def machine():
    """What a reader needs to know of the machine, and nothing that names it."""
    facts = pathlib.Path("/proc/cpuinfo").read_text()
    model = re.search(r"model name\s*:\s*(.+)", facts)
    memory = int(re.search(r"MemTotal:\s+(\d+)", pathlib.Path("/proc/meminfo").read_text())[1]) / 1e6
    return f"{os.cpu_count()} × {model[1] if model else platform.machine()}, {memory:.0f} GB, Linux {platform.release().split('-')[0]}"


def versions(database):
    own = pathlib.Path(__file__).parent
    head = told(["git", "-C", str(own), "rev-parse", "--short=10", "HEAD"])
    changed = ", with changes not committed" if told(["git", "-C", str(own), "status", "--porcelain", "--untracked-files=no", ".."]) else ""
    wrk = re.search(r"wrk (\S+)", told(["wrk", "-v"]))
    return f"commit {head}{changed}; wrk {wrk[1] if wrk else '?'}" + (f"; PostgreSQL {database}" if database else "")


def number(value, digits=0):
    return "–" if value is None else f"{value:,.{digits}f}"


def ratio(rate, peer):
    return "–" if not peer else f"{number(peer)} ({rate / peer:.1f} ×)"


def mark(holds):
    return "met" if holds else "**missed**"


def table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def render(kind, seconds, connections, results, busy, database_version):
    """The whole page."""
    operations = [(name, results[name]) for name in OPERATIONS if name in results]
    page = [
        f"# {NAMES[kind]}, {datetime.date.today()}",
        f"{machine()}; {versions(database_version)}. {seconds} s an operation, {connections} connections over loopback, driver and server on the same cores. "
        f"Other processes took {busy:.0%} of the processors meanwhile."
        + (" **That is too much: rather read the processor time a request than the rates.**" if busy > 0.05 else ""),
    ]
    if operations:
        rows = []
        for name, got in operations:
            what, node, postgraphile, statement, target = OPERATIONS[name]
            target = target[kind] if isinstance(target, dict) else target
            rows.append([f"**{name}**: {what}", number(got["rate"]), f"{number(target)}: {mark(got['rate'] >= target)}" if target else "–", ratio(got["rate"], node),
                         ratio(got["rate"], postgraphile), ratio(got["rate"], statement)])
        page += ["## Requests a second", table(["operation", "Hansa", "target", "Node server with loaders (× as fast)", "PostGraphile 5", "one SQL statement"], rows)]
        rows = [[name, number(got["p50"], 1), number(got["p99"], 1), str(got["errors"]), number(got["processor"]), number(got["database"]) if kind == "postgres" else "–",
                 number(got["memory"]["now"]), number(got["memory"]["peak"]), got["note"]] for name, got in operations]
        page += ["## Each operation", table(["operation", "p50 ms", "p99 ms", "errors", "processor µs a request", "of PostgreSQL µs", "resident MB after", "peak MB", "checked"], rows)]
    rows = []
    many = data.PRACTICES >= 100_000
    target = lambda told, holds: f"{told}: {mark(holds)}" if many else "–"
    if got := results.get("search"):
        rows.append(["search: p50, p99", f"{got['p50']:.1f} ms, {got['p99']:.1f} ms", target("≤ 5 ms and ≤ 25 ms", got["p50"] <= 5 and got["p99"] <= 25)])
    if got := results.get("suggest"):
        rows.append(["suggest: p50, p99", f"{got['p50']:.1f} ms, {got['p99']:.1f} ms ({got['note']}; {number(got['processor'])} µs of processor a request)", target("p99 ≤ 10 ms", got["p99"] <= 10)])
    if got := results.get("fresh"):
        rows.append([f"found after its answer, beside {got['writes']:.0f} writes/s: p50, p99, worst", f"{got['p50']:.0f}, {got['p99']:.0f}, {got['worst']:.0f} ms", target("≤ 1 s", got["worst"] <= 1_000)])
    if got := results.get("reindex"):
        rows.append(["`hansa reindex` beside live traffic", f"{number(got['count'])} documents in {got['seconds']:.1f} s: {number(got['rate'])} documents/s ({got['processor']:.0f} s of processor, {number(got['memory']['peak'])} MB at most)", target("≥ 5,000 documents/s", got["rate"] >= 5_000)])
        rows.append(["searches meanwhile, one client: p50, p99", f"{got['p50']:.1f} ms, {got['p99']:.1f} ms; {got['errors']} wrong of {number(got['asked'])}", f"none wrong: {mark(not got['errors'])}"])
    if got := results.get("size"):
        rows.append(["the index on disk", f"{number(got)} MB", "–"])
    if rows:
        page += [f"## Search, {number(data.PRACTICES)} practices", table(["what", "Hansa", "target at 100,000"], rows)]
    rows = []
    if got := results.get("import"):
        rate = got["records"] / got["seconds"]
        rows.append(["import", f"{number(rate)} records/s ({number(got['records'])} in {got['seconds']:.2f} s; whole command {got['whole']:.2f} s, of which it computed {got['processor']:.2f} s)", f"≥ 5,000: {mark(rate >= 5_000)}", "–", "–"])
    if got := results.get("start"):
        rows.append(["first start: ready, and everything indexed", f"{got['ready']:.2f} s, {got['seconds']:.2f} s", "–", "–", "–"])
    if got := results.get("matches"):
        rows.append([f"who fits one of {number(data.APPLICATIONS)} applications, one client: p50, p99; after a write", f"{got['p50']:.1f}, {got['p99']:.1f} ms; {got['cold_p50']:.1f}, {got['cold_p99']:.1f} ms ({number(got['processor'])} µs of processor a request)",
                     f"p99 ≤ 20 ms: {mark(got['p99'] <= 20)}", "–", "–"])
    if got := results.get("live"):
        rows.append([f"{number(got['subscribers'])} subscribers: the last has an event", f"{got['last']:.0f} ms (median of {got['events']}; first {got['first']:.0f}, worst {got['worst']:.0f})",
                     f"≤ 60 ms: {mark(got['last'] <= 60)}", "57 ms", "319 ms"])
        rows.append(["events lost", str(got["lost"]), f"none: {mark(got['lost'] == 0)}", "–", "–"])
        rows.append(["memory a subscriber", f"{got['kilobytes']:.1f} kB", f"≤ 20 kB: {mark(got['kilobytes'] <= 20)}", "–", "–"])
    if got := results.get("memory"):
        rows.append(["resident memory after the load", f"{got['now']:.0f} MB (peak {got['peak']:.0f})", f"≤ 150 MB: {mark(got['now'] <= 150)}", "132 MB", "276 MB"])
    page += ["## The rest", table(["what", "Hansa", "target", "Node server", "PostGraphile 5"], rows)]
    return "\n\n".join(page) + "\n"
