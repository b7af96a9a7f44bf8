"""What matters where there is much: how soon a write is found while others write, who fits whom among all applications, and rebuilding the index beside live traffic."""
import statistics
import threading
import time

import data
from hub import Asker, Trouble
from load import need, query


def fresh(load, count=60, others=20):
    """How long after its answer a write is found, while an administrator writes `others` times a second beside."""
    writes = load.variables("write")
    over, written = threading.Event(), []

    def write_on():
        asker, begun = Asker(load.hub.port, load.token), time.monotonic()
        while not over.is_set():
            number = len(written)
            asker.ask(query("write"), input={**writes[number % len(writes)]["input"], "title": f"Beside {number}"})
            written.append(number)
            time.sleep(max(0, begun + (number + 1) / others - time.monotonic()))

    beside = threading.Thread(target=write_on, daemon=True)
    begun = time.monotonic()
    beside.start()
    times = []
    for number in range(count):
        word = f"freshly{number:04}"
        load.writer.ask(query("write"), input={**writes[number % len(writes)]["input"], "title": word})
        answered = time.monotonic()
        while not load.writer.ask("query($text: String!) { search(text: $text, first: 0) { totalCount } }", text=f'"{word}"')["search"]["totalCount"]:
            need(time.monotonic() - answered < 30, "a write that is not found within half a minute")
            time.sleep(0.005)
        times.append((time.monotonic() - answered) * 1000)
    over.set()
    beside.join()
    return {"p50": statistics.median(times), "p99": statistics.quantiles(times, n=100)[98], "worst": max(times), "writes": len(written) / (time.monotonic() - begun), "errors": 0}


def matches(load, count=400):
    """Who fits whom among all applications: each asked about once, at rest; and some again, each after a write, when nothing is in memory."""
    text, writes = query("matches"), load.variables("write")
    slugs = [f"application-{number % data.APPLICATIONS:03}" for number in range(count)]

    def ask(slug):
        begun = time.monotonic()
        found = load.writer.ask(text, application=slug)["call"]["matches"]
        took = (time.monotonic() - begun) * 1000
        need(len(found) == 10 and all(sum(reason["points"] for reason in one["reasons"]) == one["score"] for one in found), "matches whose reasons do not add up")
        return took

    ask(slugs[0])
    before, _ = load.hub.processor()
    times = [ask(slug) for slug in slugs]
    spent = load.hub.processor()[0] - before
    cold = []
    for number, slug in enumerate(slugs[:60]):
        load.writer.ask(query("write"), input={**writes[number % len(writes)]["input"], "title": f"Before {number}"})
        cold.append(ask(slug))
    percentile = lambda times: statistics.quantiles(times, n=100)[98]
    return {"p50": statistics.median(times), "p99": percentile(times), "worst": max(times), "cold_p50": statistics.median(cold), "cold_p99": percentile(cold),
            "processor": spent / count * 1e6, "count": count, "errors": 0}


def reindex(load):
    """`hansa reindex` while the hub serves: how long it takes, and what one client's searches take meanwhile; each must answer as it did before."""
    asker, text = Asker(load.hub.port), "query($text: String!) { search(text: $text, first: 10) { totalCount } }"
    questions = [text for text, _ in data.questions(40)]
    expected = [asker.ask(text, text=question)["search"]["totalCount"] for question in questions]
    before, _ = load.hub.processor()
    done, times, wrong = [], [], 0

    def run():
        try:
            done.append(load.hub.command("reindex", limit=7_200))
        except Exception as trouble:
            done.append(trouble)

    command, begun = threading.Thread(target=run, daemon=True), time.monotonic()
    command.start()
    while command.is_alive():
        for question, total in zip(questions, expected):
            asked = time.monotonic()
            wrong += asker.ask(text, text=question)["search"]["totalCount"] != total
            times.append((time.monotonic() - asked) * 1000)
        time.sleep(0.1)
    took = time.monotonic() - begun
    if isinstance(done[0], Exception):
        raise Trouble(f"reindex failed: {done[0]}")
    count = int(done[0].split()[0])
    return {"seconds": took, "count": count, "rate": count / took, "p50": statistics.median(times), "p99": statistics.quantiles(times, n=100)[98], "asked": len(times),
            "processor": load.hub.processor()[0] - before, "memory": load.hub.memory(), "errors": wrong}
