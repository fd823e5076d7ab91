"""English for everything at the door."""

from dashboard.texts import words_login as words

PROOF = words.Proof(
    title="Confirm that it is you",
    text="This is an important change. That is why we ask once more, so that nobody else can make it if you leave your "
    "screen open for a moment.",
    password="Your password",
    wrong_password="This password is not right. Nothing has changed. Please try again.",
    code="Or a code from your app",
    code_hint="Six digits, or one of your backup codes.",
    submit="Confirm",
    cancel="Cancel",
)

PASSKEYS = words.Passkeys(
    use="Use a passkey",
    otherwise="or",
    cancelled="Your passkey was not used. Nothing has changed. Please try again, or choose another way.",
    known="This device is a passkey of yours already. Nothing has changed. Use another device if you want one more.",
    trouble="There is no answer just now. Nothing has changed. Please try again in a minute.",
)

LOGIN = words.Login(
    title="Log in",
    lede="To your invoices from {seller}",
    email="Email address",
    password="Password",
    show="Show what you type",
    forgotten="Forgotten your password?",
    submit="Log in",
    passkey="Continue with a passkey",
    demo="This is a demo: all names and amounts are made up. The password of every demo log-in is",
    said={
        "password": "Your password has changed. You can log in now.",
        "recovered": "Two-step log-in is off. Log in with your password, and then please switch it on again.",
        "joined": "Your invitation has been accepted. Log in the way you are used to.",
    },
    art_title="Paid and sorted.",
    art_text="See what is open, pay it in two clicks, or let your bookkeeper do it.",
    art_number="2026-0097",
    art_day="6 March 2026",
    art_amount="€0.00",
)

_STRENGTH = "At least ten characters, and not easy to guess. Four separate words are strong and easy to remember."
_MISSING = "The link is not complete or not ours. Nothing has changed. Open the link from your mail again."

_RESET = words.Reset(
    title="Choose a new password",
    lede="After that you are logged out everywhere, and log in with the new one.",
    password="New password",
    hint=_STRENGTH,
    submit="Save password",
    ends={
        "link_used": words.LinkEnd(
            "This link has been used already",
            "A link works once, and only the newest one we mailed. Nothing has changed. If you chose a new password "
            "already, simply log in; otherwise ask for a new link.",
            "Ask for a new link",
            "/login/forgot",
        ),
        "link_expired": words.LinkEnd(
            "This link has expired",
            "A link is valid for one hour. Nothing has changed: your old password still works. Ask for a new link if "
            "you have lost it.",
            "Ask for a new link",
            "/login/forgot",
        ),
        "not_found": words.LinkEnd(
            "This link does not work",
            _MISSING,
            "Ask for a new link",
            "/login/forgot",
        ),
    },
)

_INVITATION = words.Invitation(
    page="Invitation",
    title="{inviter} invites you",
    handed_over="You take over from {predecessor}",
    lede="{inviter} gives you access to {account}.",
    role="Your role",
    rights="What you can do",
    access="Access",
    until="Through {date}",
    no_end="Without an end date",
    name="Your name",
    password="Choose a password",
    hint=_STRENGTH,
    known="You have a log-in already.",
    known_text="It stays as it is, with the same password. {account} is added to it.",
    accept="Accept the invitation",
    start="Accept and start",
    privacy="Don't know {inviter}? Then there is nothing you need to do; without your consent nothing changes.",
    ends={
        "link_used": words.LinkEnd(
            "This invitation has been used already",
            "An invitation works once, and only the newest one we mailed. If it was you who accepted it, you can "
            "simply log in.",
            "Log in",
            "/login",
        ),
        "link_withdrawn": words.LinkEnd(
            "This invitation has been withdrawn",
            "Whoever invited you has taken the invitation back. Nothing has changed. If you think this is not right, "
            "ask for a new one.",
            "Log in",
            "/login",
        ),
        "link_expired": words.LinkEnd(
            "This invitation has expired",
            "An invitation is valid for a week. Nothing has changed. Ask whoever invited you to send it again.",
            "Log in",
            "/login",
        ),
        "not_found": words.LinkEnd("This invitation does not work", _MISSING, "Log in", "/login"),
    },
)

_CONFIRMATION = words.OneButton(
    page="Confirm email address",
    title="Confirm your new address",
    text="Once you confirm, you log in with {email}. Until then your old address keeps working.",
    submit="Confirm email address",
    ends={
        "done": words.LinkEnd(
            "Your new address is confirmed",
            "From now on you log in with your new address. Your password is the same as before.",
            "Go to the dashboard",
            "/",
        ),
        "link_used": words.LinkEnd(
            "This link has been used already",
            "A link works once, and only the newest one we mailed. Nothing has changed now. In your account you see "
            "which address you log in with.",
            "Go to your account",
            "/account",
        ),
        "link_expired": words.LinkEnd(
            "This link has expired",
            "A link is valid for a day. Nothing has changed: you still log in with your old address. Ask for a new "
            "link in your account.",
            "Go to your account",
            "/account",
        ),
        "email_taken": words.LinkEnd(
            "Somebody logs in with this address already",
            "That is why it can't be your address as well. Nothing has changed: you still log in with your old "
            "address. Choose another one in your account.",
            "Go to your account",
            "/account",
        ),
        "not_found": words.LinkEnd("This link does not work", _MISSING, "Go to your account", "/account"),
    },
)

_RECOVERY = words.OneButton(
    page="Switch the second step off",
    title="Switch two-step log-in off",
    text="After that you log in with your password alone. Your app, passkeys and backup codes no longer count, and you "
    "are logged out everywhere.",
    submit="Switch the second step off",
    ends={
        "link_too_early": words.LinkEnd(
            "A little patience, please",
            "For your safety this link only works from {moment}. Nothing has changed yet. If you find your app or "
            "passkey before that, simply log in; this link then lapses.",
            "Go to log in",
            "/login",
        ),
        "link_used": words.LinkEnd(
            "This link no longer works",
            "It has been used already, a newer one was mailed, or somebody has logged in with a code since. Nothing "
            "has changed now.",
            "Go to log in",
            "/login",
        ),
        "link_expired": words.LinkEnd(
            "This link has expired",
            "A link is valid for a week. Nothing has changed. Log in and ask for a new one.",
            "Go to log in",
            "/login",
        ),
        "not_found": words.LinkEnd("This link does not work", _MISSING, "Go to log in", "/login"),
    },
)

DOOR = words.Door(
    step=words.SecondStep(
        title="One more step",
        lede="Open your app and type the code that it shows now.",
        lede_passkey="Confirm with your passkey that it is you.",
        code="Code",
        hint="Six digits, or one of your backup codes.",
        submit="Continue",
        passkey="Continue with a passkey",
        restart="Start again",
        lost="Lost your app or passkey?",
        lost_text="Use a backup code. If you have none of those either, we mail you a link to switch the second step "
        "off. For your safety it works only after a day, and the owner of your account hears of it.",
        lost_submit="Mail me the link",
        sent="We have sent you a mail. The link in it works in a day.",
    ),
    forgotten=words.Forgotten(
        title="Forgotten password",
        lede="Fill in the address you log in with. You will get a mail with a link to choose a new password.",
        submit="Ask for a link",
        back="Back to log in",
        sent_title="Check your mail",
        sent="If a log-in belongs to this address, you will get a mail with a link. It is valid for one hour.",
        sent_hint="Nothing after a few minutes? Check your junk mail, or try another address. Your old password keeps "
        "working until you choose a new one.",
        again="Try another address",
    ),
    reset=_RESET,
    invitation=_INVITATION,
    confirmation=_CONFIRMATION,
    recovery=_RECOVERY,
    log_in="Log in",
    role_hints={
        "owner": "You manage everything: invoices, products, website, email and who has access.",
        "administrator": "You manage invoices, products, website and email.",
        "bookkeeper": "You see and pay invoices. You can't change anything about website or email.",
        "read_only": "You see invoices and documents, and can't change anything.",
        "technician": "You manage the website, email and domains. You don't see any invoices.",
    },
)
