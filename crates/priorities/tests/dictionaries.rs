//! Dictionaries of other programs, and what of them is refused.

use onrecord_priorities::{DictionaryFormat, ImportFormat, ImportOptions, Taxonomy};

fn shown(taxonomy: &Taxonomy) -> Vec<String> {
    let priority = |priority: &onrecord_priorities::Priority| {
        let terms = priority.terms.iter().map(|term| {
            let exact =
                term.phrase.words().iter().any(|w| w.form == onrecord_priorities::Form::Exact);
            let weight = if (term.weight - 1.0).abs() < f32::EPSILON {
                String::new()
            } else {
                format!(" {}", term.weight)
            };
            format!("{}{}{weight}", if exact { "=" } else { "" }, term.phrase)
        });
        let parent =
            priority.parent.as_ref().map_or_else(String::new, |parent| format!(" < {parent}"));
        format!(
            "{} ({}){parent}: {}",
            priority.id,
            priority.label,
            terms.collect::<Vec<_>>().join(", ")
        )
    };
    taxonomy.priorities().iter().map(priority).collect()
}

const LIWC: &str = "%\n1\tMoney (Money and Trade)\n\t2\tTax\n03\tPeace\n%\n\
    tariff*\t1\ncustoms duty\t1 2\nceasefire\t3\n";

/// The name, the text, and the priorities with their terms, `=` before exact ones.
#[test]
fn read() {
    for (format, text, expected) in [
        (
            DictionaryFormat::Liwc,
            LIWC,
            &[
                "money (Money and Trade): tariff*, =customs duty",
                "tax (Tax) < money: =customs duty",
                "peace (Peace): =ceasefire",
            ][..],
        ),
        (
            DictionaryFormat::Lexicoder,
            "+HARBOUR_DUES\nberth fee\npilotage*\n\n++Fish\r\n cod \r\ncod\r\n+Land\nhill\n",
            &[
                "harbour-dues (HARBOUR_DUES): =berth fee, pilotage*",
                "fish (Fish) < harbour-dues: =cod",
                "land (Land): =hill",
            ],
        ),
        (
            DictionaryFormat::Csv,
            "Category,Term,Weight,Exact,Label\nsea,tide,,,The sea\nsea,MSC,0.5,yes,\nland,\"hill\",2,,\n",
            &["sea (The sea): tide, =MSC 0.5", "land (land): hill 2"],
        ),
        (
            DictionaryFormat::Csv,
            "\u{feff}term;topic\nsea wall;Coast\n\n;\n",
            &["coast (Coast): sea wall"],
        ),
        (
            DictionaryFormat::Csv,
            "id,DicTerm,Coast,Law\n1,tide*,X,\n2,treaty,,1\n3,net,X,0.5\n",
            &["coast (Coast): tide*, =net", "law (Law): =treaty, =net 0.5"],
        ),
    ] {
        let import = Taxonomy::import(
            text,
            ImportFormat::Dictionary(format),
            "my.dic",
            &ImportOptions::default(),
        );
        let import = import.unwrap_or_else(|error| panic!("{error}\n{text}"));
        assert_eq!(shown(&import.taxonomy), expected, "{text}");
        assert_eq!(import.taxonomy.name(), "my");
        assert_eq!(Taxonomy::from_toml(&import.toml, "my.toml").unwrap(), import.taxonomy);
    }
}

/// The text, and what is said of it.
#[test]
fn refused() {
    for (format, text, problem) in [
        (DictionaryFormat::Liwc, "", "d:1: a LIWC dictionary begins with"),
        (DictionaryFormat::Liwc, "1\tMoney\n%\n", "d:1: a LIWC dictionary begins with"),
        (DictionaryFormat::Liwc, "%\n1\tMoney\n", "d:2: the categories do not end"),
        (DictionaryFormat::Liwc, "%\nTrade policy\n%\n", "d:2: `Trade policy` is no category"),
        (DictionaryFormat::Liwc, "%\nMoney\n%\n", "d:2: `Money` is no category"),
        (DictionaryFormat::Liwc, "%\n1\tA\n1\tB\n%\n", "d:3: the number `1` is already"),
        (DictionaryFormat::Liwc, "%\n1\tA\n%\ncoin\t1 4\n", "d:4: `coin` is of category `4`"),
        (DictionaryFormat::Liwc, "%\n1\tA\n%\ncoin\n", "d:4: `coin` has no category"),
        (DictionaryFormat::Liwc, "%\n1\tA\n%\nlike\t(02 134)1/4\n", "d:4: `like` belongs to its"),
        (DictionaryFormat::Liwc, "%\n1\tA\n%\n:)\t1\n", "d:4: `:)` of `A`"),
        (DictionaryFormat::Liwc, "%\n1\tA\n%\nha*\t1\n", "d:4: `ha*` of `A` has a `*`"),
        (DictionaryFormat::Lexicoder, "coin\n", "d:1: `coin` stands before any"),
        (DictionaryFormat::Lexicoder, "+\n", "d:1: `+` has no name"),
        (DictionaryFormat::Lexicoder, "<dictionary/>", "d:1: this is XML"),
        (DictionaryFormat::Lexicoder, "", "d: it has no category"),
        (DictionaryFormat::Lexicoder, "+A\ncoin\n@list\n", "d:3: `@list` of `A` begins with `@`"),
        (
            DictionaryFormat::Csv,
            "a,b\nx,y\n",
            "d:1: no column is called `term`; its columns are `a`, `b`",
        ),
        (DictionaryFormat::Csv, "category,term\n,coin\n", "d:2: `coin` has no category"),
        (
            DictionaryFormat::Csv,
            "category,term\na,b,c\n",
            "d:2: the row has 3 cells under 2 columns",
        ),
        (DictionaryFormat::Csv, "category,term,weight\na,b,-1\n", "d:2: `-1` is no weight"),
        (DictionaryFormat::Csv, "category,term\na,\"b, c\"\n", "d:2: `b, c` of `a` holds `,`"),
        (DictionaryFormat::Csv, "category,term\n", "d: it has no category"),
        (DictionaryFormat::Csv, "term,weight\na,1\n", "d:1: no column is called `category`"),
    ] {
        let error = Taxonomy::import(
            text,
            ImportFormat::Dictionary(format),
            "d",
            &ImportOptions::default(),
        )
        .unwrap_err();
        assert!(error.to_string().starts_with(problem), "{text:?}: {error}");
    }
}

#[test]
fn what_is_left_out_is_named() {
    let text = "+A\ncoin\na, b\n+B\n*\n";
    let options = ImportOptions { leave_out: true, ..ImportOptions::default() };
    let import = Taxonomy::import(
        text,
        ImportFormat::Dictionary(DictionaryFormat::Lexicoder),
        "d",
        &options,
    )
    .unwrap();
    assert_eq!(
        import.left_out.iter().map(|unfit| unfit.line).collect::<Vec<_>>(),
        [Some(3), Some(5)]
    );
    assert_eq!(shown(&import.taxonomy), ["a (A): =coin", "b (B): "]);
    assert_eq!(import.notes.len(), 1, "{:?}", import.notes);
    let error = Taxonomy::import(
        text,
        ImportFormat::Dictionary(DictionaryFormat::Lexicoder),
        "d",
        &ImportOptions::default(),
    );
    assert_eq!(error.unwrap_err().unfit, import.left_out);
}
