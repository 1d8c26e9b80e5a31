"""The shapes by which a page's own words are known: bars, labels, imprints, adverts, signatures."""

from __future__ import annotations

import re
from functools import cache

from npcreply.extract.phrases import any_of, words

_YEAR = r"(?:\d{4}|[一二][一二三四五六七八九〇○Oo零0]{3})"
DATE_LINE = re.compile(
    rf"{_YEAR}[-年./]\d{{0,2}}[一二三四五六七八九十]{{0,3}}[-月./]?[^。]{{0,6}}$"
)
HOT_LINE = re.compile(
    r"(?<!\d)400[- ]?\d{3,4}[- ]?\d{3,4}(?!\d)|(?<!\d)1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"
)
_HOUR = r"\d{1,2}:\d{2}(?::\d{2})?"
STAMP = rf"\d{{4}}[-年./]\d{{1,2}}[-月./]\d{{1,2}}日?(?:[ T]?{_HOUR})?|{_HOUR}"


# A day alone under a headline, as sites print it: with dashes or with the hour.
STAMPED = re.compile(
    rf"\d{{4}}([-/])\d{{1,2}}\1\d{{1,2}}(?:[ T]?{_HOUR})?|\d{{4}}年\d{{1,2}}月\d{{1,2}}日 ?{_HOUR}"
)


PICTURE = re.compile(r"[\w.\-/]{1,60}\.(?:png|jpe?g|gif|bmp|svg)", re.IGNORECASE)


@cache
def dated() -> re.Pattern[str]:
    """小编 2年前 (2022-03-15) 资讯 34: the line that a blog prints under a headline."""
    ago = r"(?:\d{1,3}|[一二三半])(?:年|个月|天|周|小时|分钟)前"
    return re.compile(rf"^[^。]{{0,20}}{ago}\(?(?:{STAMP})\)?[^。]{{0,30}}$")


@cache
def navigates() -> re.Pattern[str]:
    return re.compile(any_of(words("page", "navigation")))


@cache
def own() -> re.Pattern[str]:
    return re.compile(any_of([w for w in words("page", "words") if len(w) > 1]) + "|" + _label())


def _label() -> str:
    return rf"{any_of(words('page', 'labels'))}[:|]"


@cache
def left_over() -> re.Pattern[str]:
    own = any_of(words("page", "words"))
    long = any_of([word for word in words("page", "words") if len(word) > 2])
    value = rf"[^:|,。;]{{0,30}}?(?=$|[|,。;]|\d{{4}}[-年/]|{_label()}|{long})"
    return re.compile(rf"{STAMP}|{_label()}{value}|{own}|[\d\W_]+")


@cache
def site() -> re.Pattern[str]:
    return re.compile(rf"[^。]{{0,12}}?{any_of(words('page', 'line'))}")


@cache
def cuts() -> re.Pattern[str]:
    """A label on a line of its own, 【热门】 before a headline, 版权声明: with its sentence."""
    alone, claims = any_of(words("page", "cut")), any_of(words("page", "claims"))
    label = rf"{alone}[\W_]{{0,4}}(?:更多)?[\W_]{{0,4}}$"
    return re.compile(rf"[\W_]{{0,4}}(?:{label}|{claims}[:,])|【{alone}】")


@cache
def strong() -> re.Pattern[str]:
    return re.compile(rf"[\W_]{{0,4}}{any_of(words('page', 'index_strong'))}")


@cache
def labels() -> re.Pattern[str]:
    return re.compile(rf"{any_of([*words('page', 'index_strong'), '文号'])}[:|]")


@cache
def bulleted() -> re.Pattern[str]:
    both = [*words("page", "index_strong"), *words("page", "index_weak")]
    return re.compile(rf"[-•·*●■]{any_of([label for label in both if len(label) > 1])}")


@cache
def value() -> re.Pattern[str]:
    return re.compile(r"[:|\[\]]|$|[\dA-Z]")


@cache
def one_character() -> re.Pattern[str]:
    return re.compile(r"[号称期人词关]:(?!$)")


@cache
def imprint() -> re.Pattern[str]:
    return re.compile(any_of(words("page", "imprint")))


@cache
def weak() -> re.Pattern[str]:
    both = [*words("page", "index_strong"), *words("page", "index_weak")]
    return re.compile(rf"[\W_]{{0,4}}{any_of(both)}(?:[:|\[\]]|$)")


@cache
def weak_row() -> re.Pattern[str]:
    return re.compile(rf"[\W_]{{0,4}}{any_of(words('page', 'index_weak'))}[:|][^。;]{{0,80}}$")


@cache
def only_label() -> re.Pattern[str]:
    both = [*words("page", "index_strong"), *words("page", "index_weak")]
    return re.compile(rf"[\W_]{{0,4}}{any_of(both)}[:|\W]{{0,3}}")


@cache
def adverts() -> re.Pattern[str]:
    return re.compile(any_of(words("page", "adverts")))


@cache
def signs() -> re.Pattern[str]:
    """A label of the foot, or the name of a body alone."""
    labels = any_of(words("letter", "sign_off"))
    seal = r"(?:\(?(?:盖章|公章|代章)\)?)?"
    labelled = rf"^[\W_]{{0,3}}{labels}|{labels}(?:人|姓名)?[^:。]{{0,6}}:"
    return re.compile(rf"{labelled}|{_organ()}{seal}$")


def _organ() -> str:
    return rf"[一-龥()、]{{2,40}}{any_of(words('letter', 'organs'))}"


@cache
def heads() -> re.Pattern[str]:
    """What an office prints above a letter's title: its number, class, kind of disclosure, name."""
    marks = r"^[A-D]\d?类?$|[〔\[【(]\d{4}|\d号|类|公开|签发|编号|代表|委员|办理"
    return re.compile(rf"{marks}|{_organ()}$|^.{{2,20}}文件$")
