//! Statements that contradict a draft, and such that agree with it.

/// A sentence of a draft, and what was said before.
pub(super) struct Planted {
    /// Two words of the subject, for sentences that say other things of it.
    pub(super) subject: [&'static str; 2],
    pub(super) draft: &'static str,
    pub(super) earlier: &'static str,
    /// What differs: the kind, and words of both sides.
    pub(super) differs: Option<(&'static str, &'static str, &'static str)>,
}

const fn number(
    subject: [&'static str; 2],
    draft: &'static str,
    earlier: &'static str,
    (one, other): (&'static str, &'static str),
) -> Planted {
    Planted { subject, draft, earlier, differs: Some(("number", one, other)) }
}

const fn modal(
    subject: [&'static str; 2],
    draft: &'static str,
    earlier: &'static str,
    (one, other): (&'static str, &'static str),
) -> Planted {
    Planted { subject, draft, earlier, differs: Some(("modal", one, other)) }
}

const fn negation(
    subject: [&'static str; 2],
    draft: &'static str,
    earlier: &'static str,
    (one, other): (&'static str, &'static str),
) -> Planted {
    Planted { subject, draft, earlier, differs: Some(("negation", one, other)) }
}

const fn agreeing(draft: &'static str, earlier: &'static str) -> Planted {
    Planted { subject: ["", ""], draft, earlier, differs: None }
}

/// Fifty drafts with an earlier statement of the contrary.
pub(super) const CONTRADICTIONS: &[Planted] = &[
    number(
        ["homes", "decade"],
        "We will build two million homes before the decade ends.",
        "Before the decade ends, 3 million homes will be built by this government.",
        ("two million", "3 million"),
    ),
    number(
        ["unemployment", "valley"],
        "Unemployment in the valley fell by 20 percent last winter.",
        "Last winter, unemployment in the valley fell by only 5 percent.",
        ("20 percent", "5 percent"),
    ),
    number(
        ["bridge", "toll"],
        "The new bridge cost $3 billion.",
        "For the new bridge we paid $4.5 billion.",
        ("$3 billion", "$4.5 billion"),
    ),
    number(
        ["navy", "ships"],
        "Our navy has forty ships in the northern sea.",
        "There are 25 ships of our navy in the northern sea.",
        ("forty", "25"),
    ),
    number(
        ["children", "read"],
        "One in five children leaves school without learning to read.",
        "A third of our children leave school and have not learned to read.",
        ("One in five", "A third"),
    ),
    number(
        ["railway", "coast"],
        "The railway will reach the coast by 2015.",
        "By 2020 the railway will reach the coast, and no sooner.",
        ("2015", "2020"),
    ),
    number(
        ["nurses", "hospitals"],
        "We trained 12,000 nurses for the district hospitals.",
        "Some 8,000 nurses were trained for the hospitals of the districts.",
        ("12,000", "8,000"),
    ),
    number(
        ["reservoir", "water"],
        "The reservoir holds between five and ten months of water.",
        "In truth the reservoir holds water for two months.",
        ("five and ten", "two"),
    ),
    number(
        ["villages", "wells"],
        "Dozens of villages lost their wells in the drought.",
        "In the drought, five villages lost their wells.",
        ("Dozens", "five"),
    ),
    number(
        ["tariff", "seed"],
        "Farmers pay a tariff of 15 percent on seed.",
        "The tariff that farmers pay on seed is 30 per cent.",
        ("15 percent", "30 per cent"),
    ),
    number(
        ["factories", "treaty"],
        "More than 400 factories closed under the old treaty.",
        "Under the old treaty 150 factories closed their gates.",
        ("More than 400", "150"),
    ),
    number(
        ["pensions", "widows"],
        "Half of all pensions go to widows.",
        "Widows receive ten percent of the pensions we pay.",
        ("Half", "ten percent"),
    ),
    number(
        ["steel", "exports"],
        "Steel exports earned €40 million in the spring.",
        "In the spring we earned 25 million euros with steel exports.",
        ("€40 million", "25 million euros"),
    ),
    number(
        ["flood", "river"],
        "It was the third flood on this river.",
        "That was already the fifth flood that this river has brought us.",
        ("third", "fifth"),
    ),
    number(
        ["police", "capital"],
        "The police hired 1,500 officers for the capital.",
        "For the capital, the police have hired two hundred officers.",
        ("1,500", "two hundred"),
    ),
    number(
        ["turbines", "electricity"],
        "Wind turbines supply a quarter of our electricity.",
        "Of our electricity, wind turbines supply 40 percent.",
        ("a quarter", "40 percent"),
    ),
    number(
        ["parliament", "fishing"],
        "The parliament sat for nine weeks on the fishing law.",
        "On the fishing law the parliament sat for three weeks and a day.",
        ("nine", "three"),
    ),
    number(
        ["museum", "free"],
        "Since 1998 the museum has been free.",
        "The museum has been free since 2004, and stays so.",
        ("1998", "2004"),
    ),
    number(
        ["soldier", "leave"],
        "Every soldier gets 30 days of leave after a mission.",
        "After a mission, a soldier gets 14 days of leave.",
        ("30", "14"),
    ),
    number(
        ["ferry", "islands"],
        "A new ferry carries six hundred passengers to the islands.",
        "To the islands the new ferry carries 250 passengers, and their bicycles.",
        ("six hundred", "250"),
    ),
    modal(
        ["mill", "paper"],
        "We will close the paper mill next autumn.",
        "Next autumn we may have to close the paper mill.",
        ("will close", "may have to close"),
    ),
    modal(
        ["housing", "council"],
        "The council must approve the housing plan.",
        "The council should approve the housing plan, as I see it.",
        ("must approve", "should approve"),
    ),
    modal(
        ["refugees", "border"],
        "Refugees may stay in the border towns through the winter.",
        "Refugees will stay in the border towns until the winter is over.",
        ("may stay", "will stay"),
    ),
    modal(
        ["engineers", "dam"],
        "I would send engineers to repair the dam.",
        "I will send engineers to the dam, and they will repair it.",
        ("would send", "will send"),
    ),
    modal(
        ["ministers", "gifts"],
        "Ministers must publish their gifts.",
        "Ministers may publish their gifts.",
        ("must publish", "may publish"),
    ),
    modal(
        ["army", "passes"],
        "The army can defend the mountain passes.",
        "The mountain passes might be defended by the army for a week.",
        ("can defend", "might be defended"),
    ),
    modal(
        ["loans", "interest"],
        "The bank is going to lower its interest on student loans.",
        "It is possible that the bank might lower its interest on student loans.",
        ("going to lower", "might lower"),
    ),
    modal(
        ["cattle", "fever"],
        "You should vaccinate your cattle against the fever.",
        "You must vaccinate your cattle against the fever.",
        ("should vaccinate", "must vaccinate"),
    ),
    modal(
        ["airlines", "tickets"],
        "Airlines will refund cancelled tickets within a week.",
        "Within a week, airlines should refund tickets that were cancelled.",
        ("will refund", "should refund"),
    ),
    modal(
        ["tram", "university"],
        "We could extend the tram to the university.",
        "The tram will be extended to the university.",
        ("could extend", "will be extended"),
    ),
    modal(
        ["teachers", "examination"],
        "Teachers need to pass the new examination.",
        "The new examination can be passed by teachers who wish to.",
        ("need to pass", "can be passed"),
    ),
    modal(
        ["embassy", "spring"],
        "Our embassy in the capital will reopen in spring.",
        "In spring our embassy in the capital may reopen.",
        ("will reopen", "may reopen"),
    ),
    modal(
        ["court", "appeals"],
        "This court shall review appeals from the islands.",
        "Appeals from the islands could be reviewed by this court.",
        ("shall review", "could be reviewed"),
    ),
    modal(
        ["growers", "wells"],
        "Growers have to register their wells.",
        "Growers may register their wells with the water board.",
        ("have to register", "may register"),
    ),
    negation(
        ["taxes", "fuel"],
        "We will raise taxes on fuel.",
        "We will not raise taxes on fuel.",
        ("will raise", "will not raise"),
    ),
    negation(
        ["treaty", "bases"],
        "The treaty allows foreign bases on our soil.",
        "Foreign bases on our soil are not allowed by the treaty.",
        ("allows", "not allowed"),
    ),
    negation(
        ["merger", "dockyards"],
        "I support the merger of the two dockyards.",
        "I do not support the merger of the two dockyards.",
        ("support", "not support"),
    ),
    negation(
        ["post", "office"],
        "There is a plan to privatise the post office.",
        "There is no plan to privatise the post office.",
        ("plan", "no plan"),
    ),
    negation(
        ["pension", "reform"],
        "Nobody will lose a pension under this reform.",
        "Under this reform some will lose their pension.",
        ("Nobody will lose", "will lose"),
    ),
    negation(
        ["weapons", "regime"],
        "We have never sold weapons to that regime.",
        "Yes, we have sold weapons to that regime, and we regret it.",
        ("never sold", "sold"),
    ),
    negation(
        ["ministry", "slaughterhouse"],
        "The ministry cannot inspect every slaughterhouse.",
        "Every slaughterhouse can be inspected by the ministry.",
        ("cannot inspect", "can be inspected"),
    ),
    negation(
        ["troops", "valley"],
        "Our troops are ready to leave the valley.",
        "Our troops aren't ready to leave the valley.",
        ("ready", "aren't ready"),
    ),
    negation(
        ["oil", "coast"],
        "We plan to drill for oil off the southern coast.",
        "Off the southern coast we do not plan to drill for oil.",
        ("plan", "not plan"),
    ),
    negation(
        ["levee", "town"],
        "The levee will protect the lower town.",
        "The levee won't protect the lower town from a great flood.",
        ("will protect", "won't protect"),
    ),
    negation(
        ["library", "card"],
        "No student should pay for a library card.",
        "Students should pay for their library card.",
        ("should pay", "should pay"),
    ),
    negation(
        ["commission", "accounts"],
        "The commission refuses to publish the harbour accounts.",
        "The commission will publish the harbour accounts.",
        ("refuses to publish", "will publish"),
    ),
    negation(
        ["stadium", "old"],
        "I think we should rename the old stadium.",
        "I don't think we should rename the old stadium.",
        ("should rename", "don't think we should rename"),
    ),
    negation(
        ["midwives", "licence"],
        "Midwives work without a licence in the mountain districts.",
        "In the mountain districts midwives work with a licence.",
        ("without a licence", "licence"),
    ),
    negation(
        ["observatory", "money"],
        "The observatory no longer receives money from the state.",
        "The observatory receives money from the state each year.",
        ("no longer receives", "receives"),
    ),
    negation(
        ["lighthouse", "keeper"],
        "We are going to abandon the lighthouse on the cape.",
        "We are never going to abandon the lighthouse on the cape.",
        ("going to abandon", "never going to abandon"),
    ),
];

/// Drafts with an earlier statement that agrees, in other words.
pub(super) const AGREEMENTS: &[Planted] = &[
    agreeing(
        "We planted two million poplars along the canals.",
        "Along the canals 2,000,000 poplars were planted.",
    ),
    agreeing(
        "20 percent of the barges are idle this month.",
        "A fifth of the barges are idle this month.",
    ),
    agreeing(
        "The opera cost $1.5 billion.",
        "For the opera we paid 1.5 billion dollars, not a cent less.",
    ),
    agreeing(
        "More than 300 beekeepers lost their hives.",
        "We know that 350 beekeepers lost their hives.",
    ),
    agreeing(
        "Dozens of chapels were restored in the hills.",
        "In the hills 60 chapels were restored.",
    ),
    agreeing(
        "The aqueduct has stood for nearly 2,000 years.",
        "The aqueduct has stood for 1,950 years, and it leaks.",
    ),
    agreeing(
        "We will reopen the quarry at the lake.",
        "The quarry at the lake is going to be reopened.",
    ),
    agreeing(
        "The fishermen must mend their nets before the storm.",
        "Before the storm the fishermen have to mend their nets.",
    ),
    agreeing(
        "Orphans may visit the zoo on Sundays.",
        "On Sundays orphans might visit the zoo, and the aviary.",
    ),
    agreeing("We will not demolish the synagogue.", "We will never demolish the synagogue."),
    agreeing(
        "The blacksmiths cannot deliver the anchors.",
        "The blacksmiths can't deliver the anchors in this weather.",
    ),
    agreeing("There is no reason to ban the carnival.", "I see no reason to ban the carnival."),
    agreeing(
        "Nobody should own the springs of the spa.",
        "The springs of the spa should not be owned by anyone.",
    ),
    agreeing(
        "I do not believe that the vineyard will recover.",
        "The vineyard will not recover, I fear.",
    ),
    agreeing(
        "We reject the sale of the monastery.",
        "The sale of the monastery we reject today as we did before.",
    ),
    agreeing(
        "By 2016 the tunnel under the glacier will open.",
        "The tunnel under the glacier will open by 2016.",
    ),
    agreeing(
        "If we sell the orchard, we lose the cider.",
        "We will not sell the orchard and its cider.",
    ),
    agreeing(
        "They will burn the peat, whatever we say.",
        "We will not burn the peat of these bogs.",
    ),
    agreeing("Will the theatre close its gallery?", "The theatre will not close its gallery."),
    agreeing(
        "Thirty choirs sing in the cathedral, and 12 bakers feed them.",
        "In the cathedral thirty choirs sing; a hundred candles burn.",
    ),
    agreeing(
        "The postmen get 25 percent of their boots from the state.",
        "The postmen get 40 percent of their coats from the state.",
    ),
    agreeing(
        "Not only will the shipyard hire apprentices, it will house them.",
        "The shipyard will hire apprentices and house them.",
    ),
    agreeing(
        "The close of the tannery was a sad day for the guild.",
        "We will not close the tannery of the guild.",
    ),
    agreeing(
        "In May the swallows return to the granary.",
        "The swallows will return to the granary.",
    ),
    agreeing(
        "There is no doubt that the militia will disband.",
        "The militia will disband, and hand in its rifles.",
    ),
];
