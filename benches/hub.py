"""The hub under measurement: one database, one data directory, one server process."""
import http.client
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import socket
import subprocess
import time
import urllib.parse

HOST = "127.0.0.1"
# Seconds after which an idle connection is opened anew: less than the hub's `header_timeout_ms`, after which it closes one.
IDLE = 25
TICKS = os.sysconf("SC_CLK_TCK")


class Trouble(Exception):
    """Something that ends the run, told in one sentence."""


def psql(url, statement):
    done = subprocess.run(["psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", statement], capture_output=True, text=True, timeout=60)
    if done.returncode:
        raise Trouble(f"PostgreSQL refused “{statement}”: {done.stderr.strip()}")
    return done.stdout.strip()


class Database:
    """A fresh database: a file in the data directory, or one made on a PostgreSQL server and dropped at the end."""

    def __init__(self, kind, server):
        self.kind, self.server, self.url = kind, server, None
        if kind == "postgres":
            self.name = f"hansa_bench_{os.getpid()}"
            psql(server, f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')
            psql(server, f'CREATE DATABASE "{self.name}"')
            self.url = urllib.parse.urlsplit(server)._replace(path=f"/{self.name}").geturl()

    def settle(self):
        """What a day of work would have done by itself: statistics, and the writes of the import on the disk."""
        if self.url:
            psql(self.url, "VACUUM ANALYZE")
            psql(self.url, "CHECKPOINT")

    def pids(self):
        """PostgreSQL's processes that serve this database."""
        if not self.url:
            return []
        asked = f"SELECT pid FROM pg_stat_activity WHERE datname = '{self.name}' AND pid <> pg_backend_pid()"
        return [int(pid) for pid in psql(self.server, asked).split()]

    def drop(self):
        if self.url:
            psql(self.server, f'DROP DATABASE IF EXISTS "{self.name}" WITH (FORCE)')


def processor_seconds(pid):
    """What a process has computed so far; nothing where it is gone or on another machine."""
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def processors():
    """Seconds that all processors have been busy so far."""
    user, nice, system, _, _, irq, soft, *_ = map(int, pathlib.Path("/proc/stat").read_text().split("\n")[0].split()[1:])
    return (user + nice + system + irq + soft) / os.sysconf("SC_CLK_TCK")


class Others:
    """How busy the machine was with what is not part of the measurement, seen in pauses in which nothing of ours runs."""

    def __init__(self):
        self.shares = []

    def look(self):
        before, begun = processors(), time.monotonic()
        time.sleep(1)
        self.shares.append((processors() - before) / (time.monotonic() - begun) / os.cpu_count())

    def share(self):
        return sum(self.shares) / len(self.shares) if self.shares else 0


class Asker:
    """Asks GraphQL over one connection at a time; trouble where there is any error."""

    def __init__(self, port, token=None):
        self.connection, self.used_at = http.client.HTTPConnection(HOST, port, timeout=60), 0
        self.headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}

    def send(self, query, variables):
        self.asked = json.dumps({"query": query, "variables": variables})
        if time.monotonic() - self.used_at > IDLE:
            self.connection.close()
        self.connection.request("POST", "/graphql", self.asked, self.headers)

    def receive(self):
        answer = self.connection.getresponse()
        text, self.used_at = answer.read().decode(), time.monotonic()
        told = json.loads(text) if answer.status == 200 else {"errors": f"{answer.status} {text}"}
        if "errors" in told:
            raise Trouble(f"the server answered {json.dumps(told['errors'])[:400]} to {self.asked[:600]}")
        return told["data"]

    def ask(self, query, **variables):
        self.send(query, variables)
        return self.receive()


class Hub:
    """The program with its settings, and its server once started."""

    def __init__(self, binary, folder, database):
        self.binary, self.folder, self.database = binary, folder, database
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        with socket.socket() as free:
            free.bind((HOST, 0))
            self.port = free.getsockname()[1]
        self.environment = {name: value for name, value in os.environ.items() if not name.startswith("HANSA_")}
        self.environment |= {"HANSA_DATA_DIR": str(folder), "HANSA_LISTEN": f"{HOST}:{self.port}", "HANSA_LOG": "warn"}
        if database.url:
            self.environment["HANSA_DATABASE_URL"] = database.url
        self.process = None

    def command(self, *arguments, limit=600):
        done = subprocess.run([self.binary, *arguments], capture_output=True, text=True, timeout=limit, env=self.environment, cwd=self.folder)
        if done.returncode:
            told = (done.stdout + done.stderr).strip().splitlines()
            raise Trouble(f"`hansa {' '.join(arguments[:2])}` failed: {' / '.join(told[:3] + told[-1:])}")
        return done.stdout

    def size(self):
        """What the index has on disk, in MB."""
        return sum(file.stat().st_size for file in (self.folder / "index").rglob("*") if file.is_file()) / 1e6

    def load(self, file):
        """Imports; answers records a second by the program's own clock and by ours, and what it computed."""
        begun, computed = time.monotonic(), sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2])
        last = self.command("import", "--quiet", str(file), limit=7_200).strip().splitlines()[-1]
        took = time.monotonic() - begun
        count, seconds = re.match(r"(\d+) records in ([\d.]+) s", last).groups()
        return {"records": int(count), "seconds": float(seconds), "whole": took,
                "processor": sum(resource.getrusage(resource.RUSAGE_CHILDREN)[:2]) - computed}

    def account(self, email):
        """An account's token."""
        told = self.command("token", "create", "--email", email)
        if not (token := re.search(r"hansa_[\w-]+", told)):
            raise Trouble("`hansa token create` printed no token")
        return token[0]

    def start(self):
        """Starts the server; answers the seconds until it is ready, its index built."""
        begun = time.monotonic()
        log = open(self.folder / "server.log", "ab")
        self.process = subprocess.Popen([self.binary, "serve"], stdout=log, stderr=log, stdin=subprocess.DEVNULL, env=self.environment, cwd=self.folder)
        while time.monotonic() - begun < 3_600:
            if self.process.poll() is not None:
                raise Trouble(f"the server ended: {(self.folder / 'server.log').read_text()[-400:]}")
            try:
                if self.get("/readyz")[0] == 200:
                    return time.monotonic() - begun
            except OSError:
                pass
            time.sleep(0.02)
        raise Trouble(f"the server did not become ready within an hour: {self.get('/readyz')[1]}")

    def get(self, path):
        connection = http.client.HTTPConnection(HOST, self.port, timeout=30)
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()

    def outcomes(self):
        """Operations so far by outcome, as the server counts them."""
        lines = re.findall(r'^hansa_operations_total\{.*?outcome="(\w+)".*?\} (\d+)', self.get("/metrics")[1], re.M)
        counts = {}
        for outcome, count in lines:
            counts[outcome] = counts.get(outcome, 0) + int(count)
        return counts

    def memory(self):
        """Resident memory now and at its highest, in MB."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return {name: int(re.search(rf"{field}:\s+(\d+) kB", status)[1]) * 1024 / 1e6 for name, field in (("now", "VmRSS"), ("peak", "VmHWM"))}

    def processor(self):
        """Seconds computed so far by the server, and by the database's processes."""
        return processor_seconds(self.process.pid), {pid: processor_seconds(pid) for pid in self.database.pids()}

    def stop(self):
        """Ends the server and waits for it; it is given time to drain."""
        if not self.process or self.process.poll() is not None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(40)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
