"""The names of months and weekdays in the languages that much news is written in.

English dates are read by dateutil; in the others the day comes first: "8 Kasım 2023".
"""

from .folding import folded

_MONTHS = (
    "ocak januar jänner janvier enero gennaio janeiro januari stycznia января січня ledna ianuarie"
    " oca jan ene gen янв січ janv",
    "şubat februar février febrero febbraio fevereiro februari lutego февраля лютого února"
    " februarie şub feb fév févr fev фев февр лют",
    "mart märz mars marzo março maart marca марта березня března martie mar mär mrz мар бер",
    "nisan april avril abril aprile kwietnia апреля квітня dubna aprilie nis apr avr abr апр кві",
    "mayıs mai mayo maggio maio mei maj maja мая травня května may mag тра",
    "haziran juni juin junio giugno junho czerwca июня червня června iunie haz jun giu июн чер",
    "temmuz juli juillet julio luglio julho lipca июля липня července iulie tem jul juil lug июл"
    " лип",
    "ağustos august août agosto augustus augusti sierpnia августа серпня srpna ağu aug aoû ago авг"
    " сер",
    "eylül september septembre septiembre settembre setembro września сентября вересня září"
    " septembrie eyl sep sept set сен сент вер",
    "ekim oktober octobre octubre ottobre outubro października октября жовтня října octombrie eki"
    " okt oct ott out окт жов",
    "kasım november novembre noviembre novembro listopada ноября листопада listopadu noiembrie kas"
    " nov ноя нояб лис",
    "aralık dezember décembre diciembre dicembre dezembro december grudnia декабря грудня prosince"
    " decembrie ara dez déc dic dec дек гру",
)
_WEEKDAYS = (
    "pazartesi salı çarşamba perşembe cuma cumartesi pazar"
    " montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so"
    " lundi mardi mercredi jeudi vendredi samedi dimanche"
    " lunes martes miércoles jueves viernes sábado domingo"
    " lunedì martedì mercoledì giovedì venerdì sabato domenica"
    " segunda-feira terça-feira quarta-feira quinta-feira sexta-feira"
    " maandag dinsdag woensdag donderdag vrijdag zaterdag zondag"
    " poniedziałek wtorek środa czwartek piątek sobota niedziela"
    " понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс"
    " понеділок вівторок середа четвер п'ятниця субота неділя нд"
)

# By their folded names, since many write "8 Kasim" and "8 KASIM".
MONTHS = {folded(name): number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
WEEKDAYS = frozenset(map(folded, _WEEKDAYS.split()))
