"""What the demonstration's PAs wrote, reported and were told. Every word is invented."""

WRITTEN = {
    "PAI-1": (
        "For my first four weeks:\n"
        "1. I will ask at the start of each shift what today should look like, and write down any change. (Every "
        "day.)\n"
        "2. I will learn to use the transfer board with the physiotherapist before I do it alone. (By the end of "
        "week 2.)\n"
        "3. I will ask for feedback every Friday: one thing to keep, one thing to change.\n"
        "My employer chose number 3. I had not thought of it. I like it."
    ),
    "PAI-2": (
        "We listened to the radio and sorted seeds. Two things that make a good day: the window open at breakfast, and "
        "nobody talking before the first tea. I found out by asking, and once by getting it wrong.\n"
        "The choice: which way to the shop. I had always taken the short one. What was missing was time, so we leave "
        "ten minutes earlier now. After a week A. said: “Keep it. I like the long way.”"
    ),
    "PAI-3": (
        "I wait longer after a question now. I count to ten, and often the answer comes at eight.\n"
        "Two rules that were new to me: the study is private, and I ask before I answer the door. My own line: no "
        "messages after nine in the evening unless it is urgent. We look at all of it again in the first week of March."
        "\nIf somebody says “Promise you won’t tell”: “I can’t promise that before I know. I will tell you first who "
        "I have to talk to.”"
    ),
    "PAI-4": (
        "I saved the council’s number and the out-of-hours number in my phone, and wrote down for myself what I would "
        "say in the first minute.\nWhat I would find hard: raising something about a person I like. What helps is that "
        "I do not have to be sure. I have to tell somebody who looks at it."
    ),
    "PAI-5": (
        "I helped with lunch as always and then asked what was good and what to change. “You put the cup where I can "
        "reach it. But you fill my plate like my aunt did.” I let G. take what he wants himself now.\n"
        "Our card is on the fridge: what he wants me to say first, and whom we ring for slow, for soon and for now."
    ),
    "PAI-6": (
        "We made the page at the kitchen table. New to me was where the water is turned off: behind the washing "
        "machine, and it sticks.\nMoving: I may help with the coat and the car. The hoist is “not yet” until the "
        "training in May with the person’s own sling. Our word for when I leave is “kettle”."
    ),
    "PAI-7": (
        "We went through the five parts in a week, a bit each day. I can say where we are so that a stranger finds the "
        "door: the green gate, not the front.\nNot yet: the practical life support class. I am booked for the first "
        "Saturday of next month. After the first month we agreed to look at moving with equipment next."
    ),
}
"""What was written for each module's activity."""

MET = (
    "Your plan is one I can check: a date beside each goal, and your employer's own words in it. Keep asking on "
    "Fridays."
)
NOT_YET = (
    "You write clearly what you will do each morning. Still missing: one goal that comes from your employer, in their "
    "words. Sit down with them once more and add it. The rest can stay."
)
HALF = "Good that you wait for the physiotherapist. I would like to know who"

BOUNDARIES_NOT_YET = (
    "Your own line about messages is good, and so is the day in March. Still missing: what you two decided about "
    "photos, and who may know what. Ask, add two sentences, and send it again."
)

REPORTED = "The number in “Get help” rang but nobody answered on a Sunday. Could the page say when they are there?"
THANKED = "Thank you. We looked it up: they answer from Monday to Friday. The next edition of the lesson will say so."
REPORTED_QUESTION = (
    "Two answers looked right to me. In our house we would ring the nurse and write it down straight after."
)

ASKED = "Tell me how you do this at work, why you do it so, and what you would do when something is not as usual."
SAID = (
    "- Explained it in own words, with two examples from work.\n"
    "- Knew why, and where the limits of the job are.\n"
    "- Said whom to ring, and what to write down afterwards."
)
ON_BEING_NEW = (
    "1. I have looked after my aunt for six years, so I know mornings. What I do not know is how to do it for somebody "
    "who is not my aunt.\n"
    "2. I like to be quick. People have told me that quick can feel like being pushed. I want to ask first.\n"
    "3. In a year I would like to work for one person, and learn what that person needs better than anybody."
)
ON_KNOWING = (
    "You look at yourself kindly and exactly. All parts are there. Keep the page for when you meet an employer."
)
WORD_ON_EQUALITY = (
    "You know the law well. Say more about what you would do when a shop talks to you and not to the person you are "
    "with: what first, and what would you leave to them? Then we talk again."
)
