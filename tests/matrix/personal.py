"""The decisions about people and their log-ins; see `decisions`."""

from billing.access import Permission
from dashboard.rows.problems import by_code
from dashboard.texts.nl import NL
from tests.factories import PASSWORD
from tests.matrix.decision import HALF, LOOKING, MEMBER, OPEN, OWN, Decision

_P = Permission
PROFILE, SECURITY, BILLING, USERS = "/account", "/account/security", "/account/billing", "/account/users"
NAME_HINT = NL.account.data.name_hint.format(account="{word} klant")
DATA, NOT_ERASED = "/account/data", NL.account.data.refused["confirmation"]
NEW_PASSWORD = "zes paarden in de regen"
COOKIE = "set-cookie: voldaan_session="
DETAILS = {"name": "{word} klant", "attention": "Nieuw", "street": "", "postal_code": "", "city": "", "country": "NL",
           "customer_kind": "business", "vat_number": "", "chamber_number": "",
           "language": "nl"}  # fmt: skip
APP_ON = "UPDATE authenticator SET confirmed_at = created_at"
ROW, DRAFT = '"key": "{member}"', '"key": "new"'
FILLED_IN = (
    ("open_form", ("new",)), ("choose_role", ("read_only",)), ("fill_in", ("name", "Iemand")),
    ("fill_in", ("email", "iemand@matrix.test")),
)  # fmt: skip
SUCCESSOR = (
    ("open_hand_over", ("{member}",)), ("fill_in_successor", ("name", "Opvolger")),
    ("fill_in_successor", ("email", "opvolger@matrix.test")),
)  # fmt: skip


def _users(needs, sends=(), **more):
    return Decision(needs, USERS, sends, **more)


PERSONAL_EVENTS: dict[str, Decision] = {
    "ConfirmState.load": Decision(OPEN, "/confirm/{confirm_link}", shows="nieuw-{word}@matrix.test"),
    "DataState.erase": Decision(_P.OWNERSHIP_TRANSFER, DATA, ({"name": "wrong"},), shows=NOT_ERASED),
    "DataState.load": Decision(_P.OWNERSHIP_TRANSFER, DATA, shows=NAME_HINT),
    "DataState.proven": Decision(OPEN, DATA, shows='"is_open": false'),
    "DataState.take": Decision(_P.OWNERSHIP_TRANSFER, DATA, shows=NL.account.data.taken),
    "DataState.unproven": Decision(OPEN, DATA, shows='"is_open": false'),
    "DetailsState.choose_einvoice": Decision(_P.BILLING_PROFILE_EDIT, BILLING, ({"einvoice": "mail"},), writes=True),
    "DetailsState.load": Decision(_P.INVOICES_VIEW, BILLING, shows="{word}straat 1"),
    # What was asked for before the proof is decided on where it was asked.
    "DetailsState.proven": Decision(OPEN, BILLING, shows='"is_open": false'),
    "DetailsState.save": Decision(_P.BILLING_PROFILE_EDIT, BILLING, (DETAILS,), writes=True),
    "DetailsState.unproven": Decision(OPEN, BILLING, shows='"is_open": false'),
    "ForgotState.load": Decision(OPEN, "/login/forgot?goed=1", shows='"is_sent_rx_state_": true'),
    "InviteState.load": Decision(OPEN, "/invite/{invite_link}", shows="{word} klant"),
    "ProfileState.ask_email": Decision(OWN, PROFILE, ({"email": "anders@matrix.test"},), writes=True),
    "ProfileState.change_email": Decision(OPEN, PROFILE, shows='"changes_email_rx_state_": true'),
    "ProfileState.choose": Decision(
        MEMBER, PROFILE, ("invoices",), writes=True, never=("technician", "acting"), mute=True
    ),
    "ProfileState.load": Decision(OWN, PROFILE, shows='"screen_rx_state_": "/account"'),
    "ProfileState.proven": Decision(OPEN, PROFILE, shows='"is_open": false'),
    "ProfileState.rename": Decision(OWN, PROFILE, ({"name": "Nieuwe Naam"},), writes=True),
    "ProfileState.unproven": Decision(OPEN, PROFILE, shows='"is_open": false'),
    "RecoverState.load": Decision(OPEN, "/recover/{recover_link}", shows=NL.door.recovery.text),
    "ResetState.load": Decision(OPEN, "/reset/{reset_link}", shows="{email}"),
    "SecondStepState.load": Decision(HALF, "/login/code", shows='"has_app_rx_state_": true'),
    "LanguageState.choose": Decision(OPEN, sends=("en",), shows='"english_rx_state_": true'),
    "SecurityState.ask_removal": Decision(OPEN, SECURITY, ("{passkey}",), shows='"removing_rx_state_": "{passkey}"'),
    "SecurityState.close": Decision(OPEN, SECURITY, shows='"round_rx_state_": 1'),
    "SecurityState.edit": Decision(
        OWN, SECURITY, ("password",), shows='"editing_rx_state_": "password"', while_looking=False
    ),
    "SecurityState.end_others": Decision(OWN, SECURITY, writes=True),
    "SecurityState.end_session": Decision(OWN, SECURITY, ("{session}",), writes=True),
    "SecurityState.load": Decision(OWN, SECURITY, shows='"screen_rx_state_": "/account/security"'),
    "SecurityState.proven": Decision(OPEN, SECURITY, shows='"is_open": false'),
    "SecurityState.remove_passkey": Decision(OWN, SECURITY, ("{passkey}",), writes=True),
    "SecurityState.saved": Decision(OWN, SECURITY, ("codes",), shows='"editing_rx_state_": "codes"'),
    "SecurityState.switch_off": Decision(OWN, SECURITY, writes=True),
    "SecurityState.unproven": Decision(OPEN, SECURITY, shows='"is_open": false'),
    "SessionState.look_again": Decision(OWN, shows='"screen_rx_state_": "/"'),
    "SessionState.stop_looking": Decision(LOOKING, writes=True, while_looking=True, mute=True),
    "SessionState.tell": Decision(OPEN, sends=("conflict", ""), shows=by_code("conflict")),
    "UsersState.ask": _users(_P.USERS_MANAGE, ("{member}",), shows=ROW),
    "UsersState.choose_role": _users(OPEN, ("read_only",), first=FILLED_IN[:1], shows='"role": "read_only"'),
    "UsersState.close": _users(OPEN, first=FILLED_IN[:1], shows='"key": ""'),
    "UsersState.confirm": _users(_P.USERS_MANAGE, first=(("ask", ("{invited}",)),), writes=True),
    "UsersState.fill_in": _users(OPEN, ("name", "Zoë"), shows="Zoë"),
    "UsersState.fill_in_successor": _users(OPEN, ("name", "Zoë"), shows="Zoë"),
    "UsersState.finish_hand_over": _users(_P.USERS_MANAGE, first=(*SUCCESSOR, ("step_on", ())), writes=True),
    "UsersState.load": _users(_P.USERS_MANAGE, shows="{word}-lid@matrix.test"),
    "UsersState.look_as": _users(_P.USERS_MANAGE, ("{member}",), writes=True),
    "UsersState.look_as_draft": _users(_P.USERS_MANAGE, first=FILLED_IN, writes=True),
    "UsersState.open_form": _users(_P.USERS_MANAGE, ("{member}",), shows=ROW),
    "UsersState.open_hand_over": _users(_P.USERS_MANAGE, ("{member}",), shows=ROW),
    "UsersState.proven": _users(OPEN, shows='"is_open": false'),
    "UsersState.resend": _users(_P.USERS_MANAGE, ("{invited}",), writes=True),
    "UsersState.save": _users(_P.USERS_MANAGE, first=FILLED_IN, writes=True),
    "UsersState.step_back": _users(_P.USERS_MANAGE, first=(*SUCCESSOR, ("step_on", ())), shows=ROW),
    "UsersState.step_on": _users(_P.USERS_MANAGE, first=SUCCESSOR, shows=ROW),
    "UsersState.tick": _users(OPEN, ("credits.view",), first=FILLED_IN[:2], shows=DRAFT),
    "UsersState.turn": _users(_P.USERS_MANAGE, (-1,), shows="{word}-lid@matrix.test"),
    "UsersState.unproven": _users(OPEN, shows='"is_open": false'),
}  # fmt: skip


def _post(needs, path: str, fields: dict[str, str], **more) -> tuple[str, Decision]:
    return f"POST {path}", Decision(needs, path, fields, **more)


PERSONAL_ROUTES: dict[str, Decision] = dict((
    _post(OWN, "/auth/app/begin", {}, writes=True, shows='"secret"'),
    _post(OWN, "/auth/app/codes", {}, writes=True, shows='"codes"', given=APP_ON),
    _post(OWN, "/auth/app/confirm", {"code": "{app_code}"}, writes=True, shows='"codes"'),
    _post(HALF, "/auth/code", {"code": "{code}"}, writes=True, shows=COOKIE),
    _post(OPEN, "/auth/confirm", {"token": "{confirm_link}"}, writes=True, shows="goed=1"),
    _post(OPEN, "/auth/forgot", {"email": "{email}"}, writes=True, shows="goed=1"),
    _post(OPEN, "/auth/invite", {"token": "{invite_link}", "name": "Nieuw", "password": NEW_PASSWORD}, writes=True,
          shows=COOKIE),
    _post(HALF, "/auth/lost", {}, writes=True, shows="goed=1"),
    _post(OPEN, "/auth/passkey", {"for": "login", "passkey": "{passkey_answer}"}, writes=True, shows=COOKIE),
    _post(OPEN, "/auth/passkey/question", {"for": "login"}, writes=True, shows="challenge"),
    _post(OWN, "/auth/passkey/register", {"name": "Nieuw", "passkey": "{new_passkey}"}, writes=True),
    _post(OWN, "/auth/passkey/register/question", {}, writes=True, shows="challenge"),
    _post(OWN, "/auth/password", {"password": NEW_PASSWORD}, writes=True),
    _post(OWN, "/auth/proof", {"password": PASSWORD}, writes=True),
    _post(OPEN, "/auth/recover", {"token": "{recover_link}"}, writes=True, shows="goed=recovered"),
    _post(OPEN, "/auth/reset", {"token": "{reset_link}", "password": NEW_PASSWORD}, writes=True, shows="goed=password"),
))  # fmt: skip
