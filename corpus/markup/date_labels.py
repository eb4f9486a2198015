"""Labels before dates: "Published 2 May 2023, updated 9 May 2023", as pages print them."""

import re

_UPDATED = (
    "(?:last )?(?:updated|modified|edited|changed|revised|reviewed)|last update"
    "|(?:zuletzt )?(?:aktualisiert|geändert|bearbeitet)|stand"
    "|mis à jour|mise à jour|modifié|actualizado|actualización|última actualización|modificado"
    "|aggiornato|ultimo aggiornamento|atualizado|bijgewerkt|uppdaterad|oppdatert|opdateret"
    "|zaktualizowano|aktualizacja|(?:son )?güncelle(?:me|ndi|nme)"
    "|обновлено|изменено|оновлено|змінено"
)
_PUBLISHED = (
    "(?:first |originally )?(?:published|posted)|publication date|veröffentlicht|erstellt"
    "|erschienen|publié|publicado|publicación|pubblicato|gepubliceerd|publicerad|publisert"
    "|opublikowano|yayın(?:lanma|landı)?|giriş|oluşturulma|eklenme|опубликовано|опубліковано"
)
_LINK = r"(?:\s+(?:on|at|am|um|le|el|il|den|tarihi|zamanı|saati))?\s*[:|–-]?\s*"
_LABEL = re.compile(rf"\b(?:({_UPDATED})|({_PUBLISHED}))\b{_LINK}", re.IGNORECASE)
_BETWEEN = " \t\n.,;:|/·•–—()[]"


def published_part(line: str) -> str:
    """Return the part of a line that tells when something was published; "" where none does.

    >>> published_part("Giriş: 02.05.2023 - 14:30 Güncelleme: 03.05.2023")
    '02.05.2023 - 14:30'
    >>> published_part("Updated: 9 May 2023"), published_part("2 May 2023")
    ('', '2 May 2023')
    """
    labels = list(_LABEL.finditer(line))
    for label, end in zip(labels, [*(one.start() for one in labels[1:]), len(line)], strict=False):
        if label[2]:
            return line[label.end() : end].strip(_BETWEEN)
    return line[: labels[0].start()].strip(_BETWEEN) if labels else line.strip(_BETWEEN)


def is_updated(words: str) -> bool:
    """Return whether the words before a date, or a name of its element, are of a change.

    >>> is_updated("Last updated:"), is_updated("Published"), is_updated("time-updated")
    (True, False, True)
    """
    labels = list(_LABEL.finditer(words))
    return bool(labels) and bool(labels[-1][1])
