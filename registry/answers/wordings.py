"""What a form asked about each use: the words of now, or those that were kept with earlier answers to the same form."""

from collections.abc import Sequence
from uuid import UUID

from models.image_answer import ImageAnswer
from models.statements import stored_rows
from registry.families.form_words import question
from registry.images.statements import as_id
from registry.images.uses import Use


def wordings_of(version: str, uses: Sequence[Use], version_now: str) -> dict[UUID, str]:
    """The words of a form by use; none for a form that nobody knows any more."""
    if version == version_now:
        return {use.id: question(use) for use in uses}
    if not version:
        return {}
    query = ImageAnswer.select(ImageAnswer.use, ImageAnswer.wording).where((ImageAnswer.form_version == version) & ImageAnswer.wording.is_null(False))
    return {as_id(use): wording for use, wording in stored_rows(query.distinct())}
