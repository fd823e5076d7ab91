"""English for the settings of hosting packages."""

from dashboard.texts import words_hosting as words

HOSTING = words.Hosting(
    started="Set this way by {name} on {at}",
    changed="Changed by {name} on {at}",
    earlier="Earlier changes",
    earlier_change="{name}, on {at}",
    waiting="Being passed on",
    handed="Passed on to the control panel on {at}",
    refused="Not taken over by the control panel",
    refused_text="Your settings are saved, but the control panel did not take them over. Your website and email work "
    "as they did before. Change something and try again, or ask us for help.",
    saved="Saved.",
    same="There was nothing to change: it was set this way already.",
    conflict="Nothing was saved, because somebody else was just ahead of you. Above you see what holds now; what you "
    "filled in is still there. If it is right, please try again.",
    unknown="This package or line was not found here. Nothing has changed. Reload the page and try again.",
    not_allowed="Changing these settings is not among your rights. Nothing has changed. The owner of the account can "
    "give you that right.",
    none="No hosting package yet",
    none_text="This account has no hosting package yet. As soon as it has one, you will find the settings here.",
    errors={
        "type": "We could not read this. Nothing has changed. Reload the page and try again.",
        "php_version": "There is no such PHP version. Nothing has changed. Choose one from the list.",
        "web_root": "This is not a folder inside your package. Nothing has changed. Use letters, digits, dots and "
        "dashes, such as public_html/shop.",
        "mailboxes": "Here you can switch mailboxes on and off, but not make or remove them. Nothing has changed.",
        "source": "This is not an address of this domain. Nothing has changed. Fill in what comes before the @ sign, "
        "such as info.",
        "target": "This is not a complete email address. Nothing has changed. Fill in the whole address, such as "
        "name@example.com.",
        "duplicate": "This address is forwarded to that address already. Nothing has changed.",
        "loop": "This way a mail would go round for ever. Nothing has changed. Choose another address to forward to.",
        "too_many": "At most {limit} addresses can be forwarded. Nothing has changed. Remove one first.",
    },
)

WEBSITE = words.Website(
    title="Website",
    lede="How your website runs. What you save here, we pass on to the control panel of your hosting.",
    php="PHP version",
    php_text="What your website runs on. Newer is faster and safer; check first whether your website can work with "
    "that version.",
    php_old="{version}, no longer offered",
    https="Always over https",
    https_text="Anyone who opens the plain http address ends up at the secure version. It is best to leave this on.",
    https_on="on",
    https_off="off",
    web_root="Web root",
    web_root_text="The folder inside your package that visitors get to see. Your files are not moved.",
    save="Save",
    newer="{name} changed this on {at}. What holds now: PHP {php}, https {https}, web root {web_root}. Below is still "
    "what you saw or filled in.",
    take_over="Take over what holds now",
)

EMAIL = words.Email(
    title="Email",
    lede="Your mailboxes, and which addresses are forwarded. We pass each change on to the control panel of your "
    "hosting at once.",
    boxes="Mailboxes",
    boxes_text="A mailbox that is off gets no mail, and nobody can log in to it. The messages that are in it are kept.",
    no_boxes="This package has no mailboxes yet.",
    on="On",
    off="Off",
    switched_on="{address} is on and gets mail again.",
    switched_off="{address} is off. The messages in it are kept.",
    forwards="Forwarding",
    forwards_text="Mail for the first address goes on to the second.",
    no_forwards="Nothing is forwarded yet.",
    to="to",
    new="Forward another address",
    source="From",
    target="To",
    target_hint="The whole email address",
    add="Add",
    added="From now on, mail for {source} goes on to {target}.",
    remove="Remove",
    remove_named="Remove the forwarding of {source} to {target}",
    removed="Mail for {source} no longer goes on to {target}.",
)
