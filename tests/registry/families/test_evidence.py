"""What a parent answered through a link is kept with each answer of that sending, once, sealed, and as it was then."""

from pathlib import Path
from typing import Any

import pytest

from models.attachment import Attachment, LooseFile
from models.school import School
from models.vocabulary import Decider, FileCategory, YesNo
from registry.families import answering
from registry.families.own_page import Page
from registry.files import attachments, file_check
from registry.images.uses import Use
from registry.occasion import Occasion
from registry.registers.images.answers import ANSWERS
from registry.trace.seals import verify_rows
from tests.answered import Said, answer, copied, kept, link_of, no, say_no, yes
from tests.people import Person
from tests.pictured import a_carer, a_pupil, a_use

pytestmark = pytest.mark.usefixtures("in_quillbrook")


@pytest.fixture
def website(occasion: Occasion) -> Use:
    return a_use(occasion)


@pytest.fixture
def newsletter(occasion: Occasion) -> Use:
    return a_use(occasion, "Newsletter", "newsletter")


@pytest.fixture
def sam(occasion: Occasion) -> Any:
    return a_pupil(occasion, "Sam Patel", may_decide=YesNo.YES)


@pytest.fixture
def meera(occasion: Occasion, sam: Any) -> Any:
    return a_carer(occasion, "Meera Patel", sam, responsibility="yes")


def files_of(row: Any, occasion: Occasion) -> list[Attachment]:
    return attachments.of_record(ANSWERS, row, occasion.by)


def content(row: Any, occasion: Occasion) -> bytes:
    (file,) = files_of(row, occasion)
    return b"".join(attachments.opened(ANSWERS, row, file, occasion))


def stored(folder: Path) -> list[Path]:
    return [path for path in (folder / "files").rglob("*") if path.is_file()]


def test_each_answer_of_one_sending_has_the_copy_and_its_bytes_are_there_once(
    occasion: Occasion, website: Use, newsletter: Use, sam: Any, meera: Any, tmp_path: Path
) -> None:
    assert answer(link_of(occasion, meera), Said({(sam.id, website.id): True, (sam.id, newsletter.id): False}), occasion) == 2
    assert [content(row, occasion) for row in kept()] == [b"%PDF-1.7 2", b"%PDF-1.7 2"]
    (file,) = files_of(kept()[1], occasion)
    assert (file.name, file.category, file.media_type) == ("Answers of 23 November 2026.pdf", FileCategory.EVIDENCE, "application/pdf")
    assert file.added_by is None
    assert len(stored(tmp_path)) == 1
    assert LooseFile.select().count() == 0
    assert [*verify_rows(), *file_check.check()] == []


def test_what_is_sent_later_has_a_copy_of_its_own(occasion: Occasion, website: Use, newsletter: Use, sam: Any, meera: Any) -> None:
    link = link_of(occasion, meera)
    answer(link, yes(sam, website), occasion)
    answer(link, no(sam, newsletter), occasion)
    say_no(link, sam.id, website.id, occasion)
    assert [content(row, occasion) for row in kept()] == [b"%PDF-1.7 1", b"%PDF-1.7 2", b"%PDF-1.7 2"]


def test_the_copy_shows_what_the_child_does_not_want_if_the_parent_just_told_it(occasion: Occasion, website: Use, sam: Any, meera: Any) -> None:
    seen: list[Page] = []

    def look(page: Page) -> bytes:
        seen.append(page)
        return copied(page)

    said = Said({(sam.id, website.id): True}, unwanted=frozenset({(sam.id, website.id)}))
    assert answering.answer(link_of(occasion, meera), said, occasion, copy=look) == 2
    assert {row.decider for row in kept()} == {Decider.PARENT, Decider.PUPIL}
    assert all(files_of(row, occasion) for row in kept())
    (page,) = seen
    assert page.unwanted == {(sam.id, website.id)}
    assert page.answers[sam.id, website.id].is_yes


def test_whoever_was_overtaken_by_another_tab_keeps_only_what_is_new_and_its_own_copy(
    occasion: Occasion, website: Use, newsletter: Use, sam: Any, meera: Any, tmp_path: Path
) -> None:
    link, drawn = link_of(occasion, meera), []

    def overtaken(page: Page) -> bytes:
        if not drawn:
            answer(link, yes(sam, website), occasion)
        drawn.append(len(page.answers))
        return copied(page)

    both = Said({(sam.id, website.id): True, (sam.id, newsletter.id): True})
    assert answering.answer(link, both, occasion, copy=overtaken) == 1
    assert [row.use for row in kept()] == [website.id, newsletter.id]
    assert [content(row, occasion) for row in kept()] == [b"%PDF-1.7 1", b"%PDF-1.7 2"]
    assert (len(stored(tmp_path)), LooseFile.select().count()) == (2, 0)


def test_nothing_is_kept_when_the_copy_cannot_be_drawn(occasion: Occasion, website: Use, sam: Any, meera: Any, tmp_path: Path) -> None:
    def broken(_page: Page) -> bytes:
        raise MemoryError

    with pytest.raises(MemoryError):
        answering.answer(link_of(occasion, meera), yes(sam, website), occasion, copy=broken)
    assert (kept(), stored(tmp_path)) == ([], [])


def test_removing_it_from_one_answer_leaves_it_with_the_others(
    school: School, occasion: Occasion, website: Use, newsletter: Use, sam: Any, meera: Any, tmp_path: Path
) -> None:
    answer(link_of(occasion, meera), Said({(sam.id, website.id): True, (sam.id, newsletter.id): True}), occasion)
    first, second = kept()
    for row, others, left in ((first, 1, 1), (second, 0, 0)):
        (file,) = files_of(row, occasion)
        assert attachments.others(file) == others
        attachments.remove(ANSWERS, row, file, occasion)
        assert len(stored(tmp_path)) == left
        assert [*verify_rows(), *file_check.check()] == []
    assert LooseFile.select().count() == 0


@pytest.mark.parametrize("prepared", ["sqlite"], indirect=True)
def test_a_family_of_many_answers_is_kept_whole(occasion: Occasion, meera: Any, sam: Any) -> None:
    uses = [a_use(occasion, f"Use {number}", "website") for number in range(40)]
    assert answer(link_of(occasion, meera), Said({(sam.id, use.id): True for use in uses}), occasion) == 40
    assert sum(len(files_of(row, occasion)) for row in kept()) == 40


def test_the_office_keeps_a_form_with_an_answer_and_leaders_alone_remove_it(
    occasion: Occasion, website: Use, sam: Any, meera: Any, people: dict[str, Person]
) -> None:
    answer(link_of(occasion, meera), yes(sam, website), occasion)
    by = [attachments.may_remove(ANSWERS, people[key].actor) for key in ("ola", "dina", "hana", "dev")]
    assert by == [False, False, True, True]
