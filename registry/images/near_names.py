"""Whose name may have been meant by one that nobody has: initials, one name alone, the surname first, a slip of the pen. Only ever offered."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

MOST = 5
"""As many as somebody can choose between at a glance."""

LIKE_ENOUGH = 75.0
"""From where on two spellings may be one name: two letters changed in Sam Patel still are, a whole first name is not."""

_TITLES = frozenset({"mr", "mrs", "ms", "miss", "mx", "dr", "sir", "madam", "rev", "revd", "father", "sister", "prof", "professor"})


class Names:
    """The names of one school in plain spelling, each with the place where it stands; made for one question and forgotten after it."""

    def __init__(self, folded: Sequence[str]) -> None:
        self._words = [tuple(name.split()) for name in folded]
        self._plain = list(folded)
        self._sorted = [" ".join(sorted(words)) for words in self._words]
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, words in enumerate(self._words):
            for word in dict.fromkeys(words):
                self._places[word].append(place)

    def near(self, name: str) -> list[int]:
        """The places of the names that may have been meant, the likeliest first, however many there are."""
        words = _without_titles(name.split())
        if not words:
            return []
        scores = dict.fromkeys(self._abbreviated(words), 100.0)
        for place, score in self._misspelt(words):
            scores[place] = max(scores.get(place, 0.0), score)
        return sorted(scores, key=lambda place: (-scores[place], self._plain[place], place))

    def _abbreviated(self, words: Sequence[str]) -> Iterator[int]:
        """Where every word that was written is a word of the name or begins one: S. Patel, Sam P, Patel S, Sam."""
        whole = next((word for word in words if len(word) > 1), None)
        places = range(len(self._words)) if whole is None else self._places.get(whole, ())
        return (place for place in places if _stands_for(words, self._words[place]))

    def _misspelt(self, words: Sequence[str]) -> Iterator[tuple[int, float]]:
        plain = process.extract(" ".join(words), self._plain, scorer=fuzz.ratio, processor=None, score_cutoff=LIKE_ENOUGH, limit=4 * MOST)
        turned = process.extract(" ".join(sorted(words)), self._sorted, scorer=fuzz.ratio, processor=None, score_cutoff=LIKE_ENOUGH, limit=4 * MOST)
        return ((place, score) for found in (plain, turned) for _name, score, place in found)


def _without_titles(words: Sequence[str]) -> list[str]:
    return [word for word in words if word not in _TITLES] or list(words)


def _stands_for(words: Sequence[str], name: Sequence[str]) -> bool:
    """Whether what was written may be short for a name: in its order, or with the surname first."""
    if len(words) == 1 or not name:
        return len(words[0]) > 1 and words[0] in name
    first, last = words[0], words[-1]
    return (_fits(first, name[0]) and _fits(last, name[-1])) or (_fits(last, name[0]) and _fits(first, name[-1]))


def _fits(word: str, of: str) -> bool:
    """A word stands for another when it is the same, or the letter with which it begins."""
    return word == of or (len(word) == 1 and of.startswith(word))
