"""Makes the hub that is measured: always the same one, out of nothing but a seed.

Texts are pseudo-words of four languages. Words fall off by Zipf's law, as in real texts, so that a search finds tens of practices by one word and
more than a thousand by another, and the index and the stemmers have to do their real work.
"""
import datetime
import hashlib
import itertools
import json
import os
import pathlib
import random
import tempfile

SEED = 20180718
CITIES, PRACTICES, SEMINARS, DOCUMENTS, THEMES, ROOTS = 1_000, 10_000, 3_000, 10_000, 40, 8
# Applications to one call, each of a city of its own; half of them on either side.
APPLICATIONS = 400
ACCOUNT = "administrator@bench.example"
VOCABULARY = 8_000
# The words that stand in nearly every text: no one searches for them.
COMMONEST = 60

# Of every language: beginnings of syllables, their middles, and how words like to end (so that the stemmers find something to cut).
LANGUAGES = {
    "en": ("b c d f g h l m n p r s t w br cl cr dr fl gr pl sh sl st th tr", "a e i o u ea oo ai ou", "_ _ _ s ing ed er ly ness ment ation"),
    "fr": ("b c ch d f g j l m n p qu r s t v br cr gr pl pr tr", "a e i o u é ai eu ou an on", "_ _ e es ment tion eur euse age ité"),
    "de": ("b d f g h k l m n p r s t w z br fl gr kl kr schl schw st str tr", "a e i o u ä ö ü ei au ie", "_ _ e en er ung heit keit lich schaft"),
    "es": ("b c d f g l ll m n ñ p qu r s t v br cr dr gr pl pr tr", "a e i o u á í ó ie ue", "_ o a os as ción dad mente ado ando"),
}
COUNTRIES = "DE FR US MX CA ES IT PT GR BG PL GB NL BE AT CZ SE DK BR CL".split()
ZONES = {"en": "America/New_York", "fr": "Europe/Paris", "de": "Europe/Berlin", "es": "America/Mexico_City"}


def scale(practices):
    """As many practices; of everything else as much as before."""
    global PRACTICES
    PRACTICES = practices


class Speech:
    """One language's pseudo-words."""

    def __init__(self, language, chance):
        begin, middle, end = (part.split() for part in LANGUAGES[language])
        words = {}
        while len(words) < VOCABULARY:
            # Frequent words are short, as everywhere.
            syllables = 1 if len(words) < COMMONEST else chance.choice((2, 2, 3))
            word = "".join(chance.choice(begin) + chance.choice(middle) for _ in range(syllables))
            words[word + chance.choice(end).replace("_", "") if syllables > 1 else word + chance.choice("nrst")] = None
        self.words = list(words)
        self.weights = list(itertools.accumulate(1 / (rank + 2) for rank in range(VOCABULARY)))
        self.chance = chance

    def draw(self, count):
        return self.chance.choices(self.words, cum_weights=self.weights, k=count)

    def title(self):
        # Titles have more of the rare words than running text.
        words = self.draw(2) + self.chance.choices(self.words[COMMONEST:], k=self.chance.randint(2, 5))
        return " ".join(words).capitalize()

    def prose(self, length):
        """Sentences in paragraphs, about so many characters."""
        paragraphs, sentences, size = [], [], 0
        words = iter(self.draw(length // 3 + 20))
        while size < length:
            sentence = " ".join(itertools.islice(words, self.chance.randint(6, 18))).capitalize() + "."
            sentences.append(sentence)
            size += len(sentence) + 1
            if len(sentences) == 5:
                paragraphs.append(" ".join(sentences))
                sentences = []
        return "\n\n".join([*paragraphs, " ".join(sentences)]).strip()


def practice_slug(number):
    return f"practice-{number:05}"


def city_slug(number):
    return f"city-{number:04}"


def theme_slug(number):
    return f"theme-{number:02}"


def speeches():
    """The four languages, always the same."""
    return {language: Speech(language, random.Random(f"{SEED} {language}")) for language in LANGUAGES}


def day(chance, first=2012, last=2025):
    return datetime.date(first, 1, 1) + datetime.timedelta(days=chance.randrange((last - first + 1) * 365))


def records():
    """Every record of the import, in no special order but kind by kind."""
    chance = random.Random(SEED)
    speech = speeches()
    languages = list(LANGUAGES)
    yield {"kind": "programme", "slug": "bench", "name": "Bench", "description": "A programme made to be measured."}
    roles = [{"role": "ADMINISTRATOR"}]
    yield {"kind": "person", "slug": "administrator", "name": "Administrator", "email": ACCOUNT, "languages": ["en"], "roles": roles}
    for number in range(THEMES):
        parent = {} if number < ROOTS else {"parent": theme_slug(number % ROOTS)}
        yield {"kind": "theme", "slug": theme_slug(number), "name": speech["en"].title(), **parent}
    for number in range(CITIES):
        place = {"latitude": round(chance.uniform(-60, 70), 4), "longitude": round(chance.uniform(-180, 180), 4)}
        name = speech[languages[number % 4]].title().split()[-1].capitalize()
        yield {"kind": "city", "slug": city_slug(number), "name": name, "country": COUNTRIES[number % len(COUNTRIES)],
               **place, "population": chance.randint(20_000, 9_000_000)}
    for number in range(PRACTICES):
        language = chance.choice(languages)
        words = speech[language]
        yield {"kind": "practice", "slug": practice_slug(number), "city": city_slug(number * 7 % CITIES), "title": words.title(),
               "summary": words.prose(200), "body": words.prose(1_450), "difficulties": words.prose(60), "language": language,
               "published_on": str(day(chance)), "themes": [theme_slug(theme) for theme in chance.sample(range(THEMES), chance.randint(1, 3))]}
    for number in range(SEMINARS):
        language = chance.choice(languages)
        host, *others = chance.sample(range(CITIES), chance.randint(2, 6))
        begin = day(chance, 2014, 2028)
        state = "held" if begin.year < 2025 else "scheduled"
        yield {"kind": "seminar", "slug": f"seminar-{number:04}", "seminar_kind": chance.choice(("SEMINAR", "TRAINING", "WEBINAR", "STUDY_VISIT")),
               "title": speech[language].title(), "description": speech[language].prose(300), "language": language, "host": city_slug(host),
               "starts_at": f"{begin}T09:00:00Z", "ends_at": f"{begin}T16:00:00Z", "time_zone": ZONES[language], "state": state,
               "cities": [city_slug(city) for city in (host, *others)],
               "practices": [practice_slug(practice) for practice in chance.sample(range(PRACTICES), chance.randint(1, 4))]}
    for number in range(DOCUMENTS):
        language = chance.choice(languages)
        about = f"practice:{practice_slug(chance.randrange(PRACTICES))}" if number % 2 else f"seminar:seminar-{chance.randrange(SEMINARS):04}"
        yield {"kind": "document", "slug": f"document-{number:05}", "title": speech[language].title(), "media_type": "text/plain", "language": language,
               "about": about, "text": speech[language].prose(400), "published_on": str(day(chance))}
    yield from applications(speech)


def applications(speech):
    """A call with two sides and what cities answer it."""
    chance = random.Random(f"{SEED} applications")
    languages = list(LANGUAGES)
    sides = [{"name": name, "cities": [city_slug(number) for number in range(first, APPLICATIONS, 2)]} for first, name in enumerate(("west", "east"))]
    yield {"kind": "call", "slug": "bench-call", "programme": "bench", "name": "Bench", "state": "closed", "rules": {"version": 1}, "sides": sides}
    for number in range(APPLICATIONS):
        language = chance.choice(languages)
        lines = lambda: [{"text": speech[language].prose(150), "language": language, "importance": chance.randint(1, 3),
                          **({"theme": theme_slug(chance.randrange(THEMES))} if chance.random() < 0.8 else {})} for _ in range(4)]
        yield {"kind": "application", "slug": f"application-{number:03}", "call": "bench-call", "city": city_slug(number), "state": "submitted", "language": language,
               "challenges": lines(), "strengths": lines(), "working_languages": sorted({language, chance.choice(languages)}),
               "preferred_cities": [city_slug(other) for other in chance.sample(range(APPLICATIONS), 2) if other != number]}


def write(path):
    """Writes the import as one JSON Lines file."""
    with open(path, "w", encoding="utf-8") as out:
        for record in records():
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


def import_file():
    """The data, made once for each version of the generator."""
    mark = hashlib.sha256(pathlib.Path(__file__).read_bytes()).hexdigest()[:12]
    file = pathlib.Path(tempfile.gettempdir()) / f"hansa-bench-{os.getuid()}-{mark}-{PRACTICES}.jsonl"
    if not file.exists():
        unfinished = file.with_suffix(f".{os.getpid()}")
        write(unfinished)
        unfinished.rename(file)
    return file


def typings(count):
    """What people type before they are done: the beginning of one or two words that follow one another in a title, one in ten with a slip of the pen."""
    chance = random.Random(SEED + 3)
    speech = speeches()
    for number in range(count):
        words = speech[chance.choice(list(LANGUAGES))].title().split()
        at = chance.randrange(len(words) - 1)
        text = words[at][: chance.randint(2, 8)] if number % 2 else f"{words[at]} {words[at + 1][: chance.randint(1, 5)]}"
        if number % 10 == 0 and len(text) > 5:
            slip = chance.randrange(1, len(text) - 2)
            text = text[:slip] + text[slip + 1] + text[slip] + text[slip + 2 :]
        yield text


def questions(count):
    """Searches of one to three words, of one language each; half ask for a theme and everything below it."""
    chance = random.Random(SEED + 1)
    speech = speeches()
    for number in range(count):
        words = speech[chance.choice(list(LANGUAGES))].words[COMMONEST // 2 : VOCABULARY // 2]
        # As people search: neither only rare words nor only frequent ones.
        ranks = [int(len(words) ** chance.random()) - 1 for _ in range(chance.randint(1, 3))]
        themes = {"themes": [theme_slug(chance.randrange(THEMES))]} if number % 2 else {}
        yield " ".join(words[rank] for rank in ranks), themes
