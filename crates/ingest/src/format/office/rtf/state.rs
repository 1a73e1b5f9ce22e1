//! What holds at a place of an RTF, and where its text goes.

use onrecord_model::BlockKind;

/// Where the text of a group goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Destination {
    #[default]
    Body,
    /// A footnote or endnote.
    Note,
    /// A text box: text that stands beside the paragraph.
    Box,
    /// A page header or footer.
    RunningHead,
    Fonts,
    Styles,
    Info,
    Title,
    Author,
    /// A date of the file's: when it was made.
    Created,
    /// The mark of a list item.
    ListMark,
    /// Left out, save groups inside that are shown: the text of an object, of a shape.
    Nowhere,
    /// Left out with all that is inside.
    Sealed,
}

impl Destination {
    /// Tells where a control word sends the text of its group; none for words that do not. What
    /// stands outside the text stays there, whatever its groups are.
    pub(super) fn named(word: &str, here: Self, outer: Self) -> Option<Self> {
        if here == Self::Sealed {
            return None;
        }
        Some(match word {
            "fonttbl" => Self::Fonts,
            "stylesheet" => Self::Styles,
            "info" => Self::Info,
            "title" if here == Self::Info => Self::Title,
            "author" if here == Self::Info => Self::Author,
            "creatim" if here == Self::Info => Self::Created,
            "footnote" if here.is_shown() => Self::Note,
            "shptxt" | "dptxbxtext" => Self::Box,
            "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr"
            | "footerf" => Self::RunningHead,
            "pntext" | "listtext" if here.is_shown() => Self::ListMark,
            "result" | "ud" if here == Self::Nowhere => outer,
            "upr" | "shpinst" | "do" | "object" => Self::Nowhere,
            // Fallbacks for what is read in another form; instructions; what describes the text;
            // comments; entries of indexes.
            "shprslt" | "nonshppict" | "nonesttables" | "fldinst" | "pict" | "colortbl"
            | "filetbl" | "subject" | "keywords" | "comment" | "doccomm" | "operator"
            | "revtim" | "printim" | "buptim" | "pnseclvl" | "pn" | "annotation" | "atnid"
            | "atnauthor" | "xe" | "tc" | "txe" | "rxe" | "bkmkstart" | "bkmkend" | "ftnsep"
            | "ftnsepc" | "ftncn" | "aftnsep" | "aftnsepc" | "aftncn" | "private" => Self::Sealed,
            _ => return None,
        })
    }

    /// Tells whether text that goes there is part of the document's.
    pub(super) const fn is_shown(self) -> bool {
        matches!(self, Self::Body | Self::Note | Self::Box)
    }
}

/// What holds at a place; a group ends with what held where it began.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct State {
    pub(super) destination: Destination,
    /// Where text goes that is shown inside a group that is not.
    pub(super) outer: Destination,
    pub(super) is_hidden: bool,
    pub(super) is_deleted: bool,
    /// Characters after a `\u` that stand for it elsewhere, fewer one; 0 is the default of 1.
    pub(super) n_fallback_less_one: i32,
    pub(super) font: Option<i32>,
    pub(super) paragraph: ParagraphState,
}

/// What holds for a paragraph.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ParagraphState {
    pub(super) style: i32,
    pub(super) outline: Option<u8>,
    pub(super) is_listed: bool,
    pub(super) in_table: bool,
}

/// A style of paragraphs.
#[derive(Debug, Default)]
pub(super) struct Style {
    pub(super) outline: Option<u8>,
    pub(super) based_on: Option<i32>,
    /// In lower case, with the names by which it also goes behind commas.
    pub(super) name: String,
}

impl Style {
    /// Tells whether the style is that of titles. One made from it is another thing: an author, a
    /// subtitle.
    pub(super) fn is_title(&self) -> bool {
        self.own_name() == "title"
    }

    /// Returns what its own name or level says that a paragraph of the style is, if it is more
    /// than a paragraph.
    pub(super) fn kind(&self) -> Option<BlockKind> {
        let name = self.own_name();
        let number = |word: &str| name.strip_prefix(word)?.trim().parse::<u8>().ok();
        let level = self.outline.filter(|level| *level < 9).map(|level| level + 1);
        if number("toc ").is_some() {
            return Some(BlockKind::Note);
        }
        if let Some(level) = number("heading ").or(level) {
            return Some(BlockKind::Heading(level.clamp(1, 6)));
        }
        let quotations = ["quote", "intense quote", "block text", "quotations"];
        quotations.contains(&name).then_some(BlockKind::Quotation)
    }

    fn own_name(&self) -> &str {
        self.name.split(',').next().unwrap_or_default().trim()
    }
}
