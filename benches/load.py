"""The operations: what is asked, how an answer is checked before it counts, and the run of `wrk`."""
import json
import pathlib
import random
import statistics
import subprocess
import time

import data
from hub import HOST, Asker, Trouble

OPERATIONS = pathlib.Path(__file__).parent / "operations"
# Different bodies of each operation, and how many of them are asked and checked one by one first.
BODIES, CHECKED = 2_000, 200


def query(name):
    """An operation's text without its comment: what a front end sends."""
    lines = (OPERATIONS / f"{name}.graphql").read_text().splitlines()
    return "\n".join(line for line in lines if not line.startswith("#"))


def need(holds, what):
    if not holds:
        raise Trouble(f"a wrong answer: {what}")


class Load:
    """What is asked of one hub."""

    def __init__(self, hub, token, work, encoding="-"):
        self.hub, self.token, self.work, self.encoding = hub, token, work, encoding
        self.chance = random.Random(data.SEED + 2)
        self.reader, self.writer = Asker(hub.port), Asker(hub.port, token)
        self.notes = {}
        self.indexed = {"PRACTICE": data.PRACTICES, "CITY": data.CITIES, "SEMINAR": data.SEMINARS, "DOCUMENT": data.DOCUMENTS}

    def variables(self, name):
        """The variables of each body."""
        if name == "list":
            return [{}]
        if name == "deep":
            return [{"slug": data.city_slug(city)} for city in self.chance.sample(range(data.CITIES), data.CITIES)]
        if name == "node":
            return [{"id": identity} for identity in self.ids("practices")]
        if name in ("search", "facets"):
            return [{"text": text, "filter": {"kinds": ["PRACTICE"], **themes}} for text, themes in data.questions(BODIES)]
        if name == "suggest":
            return [{"text": text} for text in data.typings(BODIES)]
        if name == "write":
            cities, themes, speech = self.ids("cities"), self.ids("themes"), data.speeches()
            return [{"input": {"city": self.chance.choice(cities), "language": language, "title": f"{speech[language].title()} @N@",
                               "summary": speech[language].prose(200), "body": speech[language].prose(1_450),
                               "themes": self.chance.sample(themes, 2)}} for language in list(data.LANGUAGES) * 100]
        raise Trouble(f"there is no operation “{name}”")

    def wait_for_index(self):
        """Until search finds everything there is: what answers while it catches up is neither complete nor quiet."""
        asked = "{ " + " ".join(f'{kind}: search(text: "", filter: {{kinds: [{kind}]}}, first: 0) {{ totalCount }}' for kind in self.indexed) + " }"
        end = time.monotonic() + 3_600
        while time.monotonic() < end:
            if all(found["totalCount"] >= self.indexed[kind] for kind, found in self.reader.ask(asked).items()):
                return
            time.sleep(0.1)
        raise Trouble("the index was not complete within an hour")

    def ids(self, field):
        """The ids of all there are, page by page."""
        found, after = [], None
        while True:
            page = self.reader.ask(f"query($after: String) {{ all: {field}(first: 100, after: $after) {{ nodes {{ id }} pageInfo {{ endCursor hasNextPage }} }} }}", after=after)["all"]
            found += [node["id"] for node in page["nodes"]]
            if not page["pageInfo"]["hasNextPage"]:
                return found
            after = page["pageInfo"]["endCursor"]

    def check(self, name, answers):
        """Whether the answers are what the data promise, not just free of errors; notes what a reader of the figures should know."""
        if name == "list":
            for answer in answers:
                nodes = answer["practices"]["nodes"]
                days = [node["publishedOn"] for node in nodes]
                need(len(nodes) == 20 and days == sorted(days, reverse=True), "not the twenty newest")
                need(all(node["city"]["country"]["name"] and node["themes"] for node in nodes), "a practice without city or theme")
        if name == "deep":
            practices = [node for answer in answers for node in answer["city"]["practices"]["nodes"]]
            seminars = [node for practice in practices for node in practice["seminars"]["nodes"]]
            documents = [node for seminar in seminars for node in seminar["documents"]["nodes"]]
            need(len(practices) == 10 * len(answers), "a city without its ten practices")
            need(len(seminars) > 5 * len(answers) and len(documents) > len(seminars), "too few seminars or documents")
            need(all(seminar["host"]["country"]["name"] for seminar in seminars), "a seminar without its host")
            self.notes[name] = f"{len(practices) / len(answers):.0f} practices, {len(seminars) / len(answers):.1f} seminars, {len(documents) / len(answers):.1f} documents an answer"
        if name == "node":
            need(all(len(answer["node"]["body"]) > 1_000 and answer["node"]["city"]["name"] for answer in answers), "a practice without body or city")
        if name in ("search", "facets"):
            totals = [answer["search"]["totalCount"] for answer in answers]
            need(all(len(answer["search"]["edges"]) == min(10, total) for answer, total in zip(answers, totals)), "not ten hits")
            need(all(edge["node"]["city"]["name"] for answer in answers for edge in answer["search"]["edges"]), "a hit without its city")
            need(sum(total > 0 for total in totals) > 0.8 * len(totals), "too many searches without a hit")
            if name == "facets":
                need(all(answer["search"]["facets"]["themes"] for answer, total in zip(answers, totals) if total), "hits without facets")
            tenths = statistics.quantiles(totals, n=10)
            self.notes[name] = f"hits: median {statistics.median(totals):.0f}, nine in ten from {tenths[0]:.0f}, one in ten above {tenths[8]:.0f}"
        if name == "suggest":
            counts = [len(answer["suggest"]) for answer in answers]
            phrases = sum(any(told["kind"] == "PHRASE" for told in answer["suggest"]) for answer in answers)
            need(sum(count > 0 for count in counts) > 0.7 * len(counts), "too many typings without a completion")
            self.notes[name] = f"{statistics.mean(counts):.1f} completions an answer, phrases in {phrases / len(answers):.0%}"
        if name == "write":
            need(all(answer["createPractice"]["practice"]["city"]["country"]["name"] for answer in answers), "a practice that was not created")

    def prepare(self, name):
        """Writes the bodies, asks some of them and checks the answers."""
        text = query(name)
        every = self.variables(name)
        asker = self.writer if name == "write" else self.reader
        sample = [json.loads(json.dumps(variables).replace("@N@", f"0-{number}")) for number, variables in enumerate(every[:CHECKED])]
        self.check(name, [asker.ask(text, **variables) for variables in sample])
        file = self.work / f"{name}.bodies"
        file.write_text("".join(json.dumps({"query": text, "variables": variables}) + "\n" for variables in every))
        return file

    def practices(self):
        """How many practices the account sees: each write must add one."""
        return self.writer.ask("{ practices(first: 0) { totalCount } }")["practices"]["totalCount"]

    def drive(self, file, name, connections, seconds, seed):
        token = self.token if name == "write" else "-"
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "-s", str(OPERATIONS.parent / "load.lua"),
                   f"http://{HOST}:{self.hub.port}/graphql", "--", str(file), token, str(seed), self.encoding]
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 60)
        if done.returncode or not (lines := [line for line in done.stdout.splitlines() if line.startswith('{"requests"')]):
            raise Trouble(f"wrk failed: {(done.stderr or done.stdout)[-300:]}")
        return json.loads(lines[-1])

    def measure(self, name, connections, seconds):
        """One operation: checked, warmed up, driven."""
        file = self.prepare(name)
        self.drive(file, name, connections, 2, 1)
        outcomes, practices = self.hub.outcomes(), self.practices()
        server, database = self.hub.processor()
        figures = self.drive(file, name, connections, seconds, 2)
        server_after, database_after = self.hub.processor()
        # Requests under way when wrk stops are answered to no one; the server's count has them, wrk's has not.
        errors = sum(count - outcomes.get(outcome, 0) for outcome, count in self.hub.outcomes().items() if outcome != "OK")
        if name == "write":
            errors += max(0, figures["requests"] - (self.practices() - practices))
        if errors:
            figures["outcomes"] = self.hub.outcomes()
        requests = max(1, figures["requests"])
        return {"rate": figures["requests"] / figures["seconds"], "p50": figures["p50"], "p99": figures["p99"],
                "errors": errors + figures["failed"] + figures["broken"],
                "processor": (server_after - server) / requests * 1e6,
                "database": sum(seconds - database.get(pid, 0) for pid, seconds in database_after.items()) / requests * 1e6,
                "memory": self.hub.memory(), "note": self.notes.get(name, "")}

    def events(self, count):
        """Things that every subscriber is told of: a city publishes a practice."""
        create, publish = query("write"), query("publish")
        city = self.ids("cities")[0]

        def cause(number):
            # No title of the data has this word.
            word = f"heard{number:04}"
            draft = {"city": city, "language": "en", "title": f"Practice {word}", "summary": "To be heard of.", "difficulties": "None."}
            identity = self.writer.ask(create, input=draft)["createPractice"]["practice"]["id"]

            def end():
                errors = self.writer.receive()["publishPractice"]["errors"]
                need(not errors, f"not published: {errors}")

            return lambda: self.writer.send(publish, {"input": {"id": identity}}), word, end

        return [lambda number=number: cause(number) for number in range(count)]
