from datetime import date

import pytest

from models.fields import EncryptedText
from models.roles import Role
from models.vocabulary import ActivityRole, Art6, Art9, Schedule1, SpecialCategory, YesNo
from registry.access import Deed, allowed
from registry.catalogue import AREAS
from registry.definition import Register
from registry.registers.data_protection.assets import ASSETS
from registry.registers.data_protection.processing import PROCESSING
from registry.registers.data_protection.suppliers import SUPPLIERS
from registry.rules import lawful_basis
from registry.rules.school_facts import SchoolFacts

SECURITY = {"assets": "encrypted_at_rest", "processing": "security_measures", "suppliers": "hosting"}

each_register = pytest.mark.parametrize("register", [PROCESSING, ASSETS, SUPPLIERS], ids=lambda register: register.slug)


def test_the_menu_begins_with_what_is_done_where_it_is_kept_and_who_helps() -> None:
    assert AREAS["Data protection"][:3] == (PROCESSING, ASSETS, SUPPLIERS)


@pytest.mark.parametrize(("withdrawn", "codes"), [(YesNo.NO, []), (None, []), (YesNo.YES, ["LB09"])])
def test_a_policy_document_is_withdrawn_only_when_somebody_says_yes(withdrawn: YesNo | None, codes: list[str]) -> None:
    activity = lawful_basis.ActivityFacts(
        role=ActivityRole.CONTROLLER,
        art6=(Art6.PUBLIC_TASK,),
        statute="Education Act 1996, section 512",
        special_categories=(SpecialCategory.HEALTH,),
        art9=(Art9.SUBSTANTIAL_PUBLIC_INTEREST,),
        sch1=(Schedule1.SAFEGUARDING,),
        apd_reference="Policy 7",
        apd_review_on=date(2027, 9, 1),
        apd_withdrawn=withdrawn,
        apd_only_for_authority=YesNo.NO,
        rights=("objection",),
    )
    assert [finding.code for finding in lawful_basis.findings(activity, SchoolFacts(today=date(2026, 11, 22)))] == codes


@each_register
def test_teachers_and_administrators_see_none_of_it(register: Register) -> None:
    assert not {Role.TEACHER, Role.ADMIN} & register.access.see


@each_register
def test_governors_and_inspectors_only_read(register: Register) -> None:
    readers = {Role.GOVERNOR, Role.INSPECTOR, Role.DSL}
    assert readers <= allowed(Deed.SEE, register)
    for deed in (Deed.ADD, Deed.CHANGE, Deed.ERASE, Deed.EXPORT):
        assert not readers & allowed(deed, register)


@each_register
def test_the_office_writes_but_neither_erases_nor_exports(register: Register) -> None:
    assert all(Role.OFFICE in allowed(deed, register) for deed in (Deed.SEE, Deed.ADD, Deed.CHANGE))
    assert not any(Role.OFFICE in allowed(deed, register) for deed in (Deed.ERASE, Deed.EXPORT))


@each_register
def test_the_head_and_the_dpo_answer_every_question_and_the_dpo_alone_erases(register: Register) -> None:
    for question in register.questions.values():
        for deed in (Deed.SEE, Deed.ADD, Deed.CHANGE, Deed.EXPORT):
            assert {Role.HEADTEACHER, Role.DPO} <= allowed(deed, register, question)
    assert allowed(Deed.ERASE, register) == {Role.DPO}


@each_register
def test_the_it_provider_reads_of_systems_and_security_and_of_nobody_but_whom_to_call(register: Register) -> None:
    seen = [question for question in register.questions.values() if Role.IT_PROVIDER in allowed(Deed.SEE, register, question)]
    assert "name" in {question.name for question in seen}
    assert {question.name for question in seen if isinstance(question.column, EncryptedText)} <= {"technical_contact"}
    assert not {"art6", "statute", "art9", "sch1", "individuals", "special_categories", "notes"} & {question.name for question in seen}
    assert not any(Role.IT_PROVIDER in allowed(deed, register) for deed in Deed if deed is not Deed.SEE)
    assert SECURITY[register.slug] in {each.name for each in seen}
