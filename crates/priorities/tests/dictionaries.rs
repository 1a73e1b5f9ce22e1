//! Dictionaries of other programs, and what of them is refused.

use onrecord_priorities::{ImportFormat, ImportOptions, Taxonomy};

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
            ImportFormat::Liwc,
            LIWC,
            &[
                "money (Money and Trade): tariff*, =customs duty",
                "tax (Tax) < money: =customs duty",
                "peace (Peace): =ceasefire",
            ][..],
        ),
        (
            ImportFormat::Lexicoder,
            "+HARBOUR_DUES\nberth fee\npilotage*\n\n+Fish\r\n cod \r\ncod\r\n",
            &["harbour-dues (HARBOUR_DUES): =berth fee, pilotage*", "fish (Fish): =cod"],
        ),
        (
            ImportFormat::Csv,
            "Category,Term,Weight,Exact,Label\nsea,tide,,,The sea\nsea,MSC,0.5,yes,\nland,\"hill\",2,,\n",
            &["sea (The sea): tide, =MSC 0.5", "land (land): hill 2"],
        ),
        (
            ImportFormat::Csv,
            "\u{feff}term;topic\nsea wall;Coast\n\n;\n",
            &["coast (Coast): sea wall"],
        ),
        (
            ImportFormat::Csv,
            "DicTerm,Coast,Law\ntide*,X,\ntreaty,,1\nnet,X,0.5\n",
            &["coast (Coast): tide*, =net", "law (Law): =treaty, =net 0.5"],
        ),
    ] {
        let import = Taxonomy::import(text, format, "my.dic", &ImportOptions::default());
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
        (ImportFormat::Liwc, "", "d:1: a LIWC dictionary begins with"),
        (ImportFormat::Liwc, "1\tMoney\n%\n", "d:1: a LIWC dictionary begins with"),
        (ImportFormat::Liwc, "%\n1\tMoney\n", "d:2: the categories do not end"),
        (ImportFormat::Liwc, "%\nMoney\n%\n", "d:2: `Money` is no category"),
        (ImportFormat::Liwc, "%\n1\tA\n1\tB\n%\n", "d:3: the number `1` is already"),
        (ImportFormat::Liwc, "%\n1\tA\n%\ncoin\t1 4\n", "d:4: `coin` is of category `4`"),
        (ImportFormat::Liwc, "%\n1\tA\n%\ncoin\n", "d:4: `coin` has no category"),
        (ImportFormat::Liwc, "%\n1\tA\n%\nlike\t(02 134)1/4\n", "d:4: `like` belongs to its"),
        (ImportFormat::Liwc, "%\n1\tA\n%\n:)\t1\n", "d:4: `:)` of `A`"),
        (ImportFormat::Liwc, "%\n1\tA\n%\nha*\t1\n", "d:4: `ha*` of `A` has a `*`"),
        (ImportFormat::Lexicoder, "coin\n", "d:1: `coin` stands before any"),
        (ImportFormat::Lexicoder, "+\n", "d:1: `+` has no name"),
        (ImportFormat::Lexicoder, "<dictionary/>", "d:1: this is XML"),
        (ImportFormat::Lexicoder, "", "d: it has no category"),
        (ImportFormat::Lexicoder, "+A\ncoin\n@list\n", "d:3: `@list` of `A` begins with `@`"),
        (
            ImportFormat::Csv,
            "a,b\nx,y\n",
            "d:1: no column is called `term`; its columns are `a`, `b`",
        ),
        (ImportFormat::Csv, "category,term\n,coin\n", "d:2: `coin` has no category"),
        (ImportFormat::Csv, "category,term\na,b,c\n", "d:2: the row has 3 cells under 2 columns"),
        (ImportFormat::Csv, "category,term,weight\na,b,-1\n", "d:2: `-1` is no weight"),
        (ImportFormat::Csv, "category,term\na,\"b, c\"\n", "d:2: `b, c` of `a` holds `,`"),
        (ImportFormat::Csv, "category,term\n", "d: it has no category"),
    ] {
        let error = Taxonomy::import(text, format, "d", &ImportOptions::default()).unwrap_err();
        assert!(error.to_string().starts_with(problem), "{text:?}: {error}");
    }
}

#[test]
fn what_is_left_out_is_named() {
    let text = "+A\ncoin\na, b\n+B\n*\n";
    let options = ImportOptions { leave_out: true, ..ImportOptions::default() };
    let import = Taxonomy::import(text, ImportFormat::Lexicoder, "d", &options).unwrap();
    assert_eq!(
        import.left_out.iter().map(|unfit| unfit.line).collect::<Vec<_>>(),
        [Some(3), Some(5)]
    );
    assert_eq!(shown(&import.taxonomy), ["a (A): =coin", "b (B): "]);
    assert_eq!(import.notes.len(), 1, "{:?}", import.notes);
    let error = Taxonomy::import(text, ImportFormat::Lexicoder, "d", &ImportOptions::default());
    assert_eq!(error.unwrap_err().unfit, import.left_out);
}
