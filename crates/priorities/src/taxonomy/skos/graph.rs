//! Statements of RDF, in the order in which they were made.

use oxjsonld::JsonLdParser;
use oxrdf::{BlankNode, GraphName, Literal, NamedNode, NamedOrBlankNode, Term, Triple};
use oxttl::{TurtleParser, TurtleSerializer};
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The deepest nesting of JSON-LD: thesauri need a few, and the parser takes memory by its square.
const MAX_DEPTH: usize = 128;

/// What IRIs are resolved against that are not whole, to be told by.
const BASE: &str = "relative:///";

/// How RDF is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RdfFormat {
    /// Turtle, for people and tools.
    Turtle,
    /// JSON-LD.
    JsonLd,
}

/// A set of statements that keeps their order, with what IRIs are shortened with.
#[derive(Clone, Debug, Default)]
pub(crate) struct Graph {
    triples: Vec<Triple>,
    set: HashSet<Triple>,
    /// The places of the statements about each subject.
    about: HashMap<NamedOrBlankNode, Vec<usize>>,
    pub(crate) prefixes: BTreeMap<String, String>,
}

/// What is wrong with a text of RDF, and its line, counted from 1, if it is known.
pub(crate) type SyntaxProblem = (Option<usize>, String);

impl Graph {
    /// Reads a text.
    ///
    /// Nodes without a name are named by the order in which they come.
    ///
    /// # Errors
    /// When it is not of the format, names other documents, or holds more than one graph.
    pub(crate) fn read(text: &str, format: RdfFormat) -> Result<Self, SyntaxProblem> {
        match format {
            RdfFormat::Turtle => Self::read_turtle(text, &BTreeMap::new()).map(Self::renamed),
            RdfFormat::JsonLd => Self::read_json_ld(text).map(Self::renamed),
        }
    }

    /// Reads Turtle whose IRIs are shortened with `prefixes`.
    pub(crate) fn read_turtle(
        text: &str,
        prefixes: &BTreeMap<String, String>,
    ) -> Result<Self, SyntaxProblem> {
        let mut parser = TurtleParser::new();
        for (prefix, iri) in prefixes {
            parser = parser
                .with_prefix(prefix, iri)
                .map_err(|error| (None, format!("the prefix `{prefix}` is no IRI: {error}")))?;
        }
        let mut parser = parser.for_slice(text.as_bytes());
        let mut graph = Self::default();
        for triple in &mut parser {
            let triple = triple.map_err(|error| {
                (Some(error.location().start.line as usize + 1), error.message().to_owned())
            })?;
            graph.add(triple);
        }
        graph.prefixes.extend(parser.prefixes().map(|(prefix, iri)| (prefix.into(), iri.into())));
        Ok(graph)
    }

    fn read_json_ld(text: &str) -> Result<Self, SyntaxProblem> {
        if let Some(line) = too_deep(text) {
            let problem =
                format!("it is nested more than {MAX_DEPTH} deep: write nodes side by side");
            return Err((Some(line), problem));
        }
        // A strict parser passes over what is no IRI without a word.
        let parser = JsonLdParser::new().lenient().with_base_iri(BASE);
        let mut parser = parser.expect("the base is an IRI").for_slice(text.as_bytes());
        let mut graph = Self::default();
        for quad in &mut parser {
            let quad = quad.map_err(|error| {
                let problem = error.to_string();
                let is_remote = problem.contains("LoadDocumentCallback");
                let remote =
                    "its context is on the network, where nothing is looked for: write it out";
                let problem = if is_remote { remote.to_owned() } else { problem };
                (error.location().map(|at| at.start.line as usize + 1), problem)
            })?;
            if quad.graph_name != GraphName::DefaultGraph {
                let problem =
                    format!("it has a graph of its own, {}: put all into one", quad.graph_name);
                return Err((None, problem));
            }
            let triple = Triple::new(quad.subject, quad.predicate, quad.object);
            check(&triple).map_err(|problem| (None, problem))?;
            graph.add(triple);
        }
        graph.prefixes.extend(parser.prefixes().map(|(prefix, iri)| (prefix.into(), iri.into())));
        Ok(graph)
    }

    /// Names nodes without a name `b1`, `b2`, … in the order in which they come: parsers give them
    /// names by chance.
    fn renamed(self) -> Self {
        let mut names: HashMap<BlankNode, BlankNode> = HashMap::new();
        let mut renamed = |node: BlankNode| {
            let next = format!("b{}", names.len() + 1);
            names.entry(node).or_insert_with(|| BlankNode::new_unchecked(next)).clone()
        };
        let mut graph = Self { prefixes: self.prefixes, ..Self::default() };
        for Triple { subject, predicate, object } in self.triples {
            let subject = match subject {
                NamedOrBlankNode::BlankNode(node) => renamed(node).into(),
                NamedOrBlankNode::NamedNode(node) => NamedOrBlankNode::NamedNode(node),
            };
            let object = match object {
                Term::BlankNode(node) => renamed(node).into(),
                named @ (Term::NamedNode(_) | Term::Literal(_)) => named,
            };
            graph.add(Triple::new(subject, predicate, object));
        }
        graph
    }

    /// Adds a statement unless it is there.
    pub(crate) fn add(&mut self, triple: Triple) {
        let triple = Triple { object: recased(triple.object), ..triple };
        if self.set.insert(triple.clone()) {
            self.about.entry(triple.subject.clone()).or_default().push(self.triples.len());
            self.triples.push(triple);
        }
    }

    /// Adds all statements of another graph.
    pub(crate) fn extend(&mut self, other: &Self) {
        other.triples.iter().for_each(|triple| self.add(triple.clone()));
    }

    /// Returns the statements that another graph does not make.
    pub(crate) fn without(&self, other: &Self) -> Self {
        let mut rest = Self { prefixes: self.prefixes.clone(), ..Self::default() };
        let kept = self.triples.iter().filter(|triple| !other.set.contains(triple));
        kept.for_each(|triple| rest.add(triple.clone()));
        rest
    }

    /// Parts the statements about each of some subjects from the rest, which comes last.
    pub(crate) fn parted(self, subjects: &[NamedOrBlankNode]) -> (Vec<Self>, Self) {
        let places: HashMap<&NamedOrBlankNode, usize> = subjects.iter().zip(0..).collect();
        let mut parts = vec![Self::default(); subjects.len()];
        let mut rest = Self::default();
        for triple in self.triples {
            match places.get(&triple.subject) {
                Some(place) => parts[*place].add(triple),
                None => rest.add(triple),
            }
        }
        (parts, rest)
    }

    /// Returns all statements, in order.
    pub(crate) fn triples(&self) -> &[Triple] {
        &self.triples
    }

    /// Returns what is said of a subject by a predicate, in order.
    pub(crate) fn objects<'a>(
        &'a self,
        subject: &NamedOrBlankNode,
        predicate: &'a str,
    ) -> impl Iterator<Item = &'a Term> + 'a {
        let places = self.about.get(subject).map(Vec::as_slice).unwrap_or_default();
        let triples = places.iter().map(|place| &self.triples[*place]);
        triples
            .filter(move |triple| triple.predicate.as_str() == predicate)
            .map(|triple| &triple.object)
    }

    /// Writes the statements in a format, the prefixes declared.
    pub(crate) fn write(&self, format: RdfFormat) -> String {
        match format {
            RdfFormat::Turtle => self.to_turtle(),
            RdfFormat::JsonLd => self.to_json_ld(),
        }
    }

    fn to_turtle(&self) -> String {
        let mut serializer = TurtleSerializer::new();
        for (prefix, iri) in &self.prefixes {
            // What is no IRI shortens none.
            serializer = serializer.clone().with_prefix(prefix, iri).unwrap_or(serializer);
        }
        let mut writer = serializer.for_writer(Vec::new());
        for triple in self.by_subject() {
            writer.serialize_triple(triple).expect("memory takes all");
        }
        let bytes = writer.finish().expect("memory takes all");
        String::from_utf8(bytes).expect("Turtle is UTF-8").replace('\t', "    ")
    }

    /// Returns the statements about each subject together, subjects in the order in which they are
    /// first said of.
    fn by_subject(&self) -> impl Iterator<Item = &Triple> {
        let is_first =
            |(place, triple): &(usize, &Triple)| self.about[&triple.subject][0] == *place;
        let subjects = self.triples.iter().enumerate().filter(is_first);
        let places = subjects.flat_map(|(_, triple)| &self.about[&triple.subject]);
        places.map(|place| &self.triples[*place])
    }

    /// Writes the statements in Turtle with the given prefixes, which are not declared.
    pub(crate) fn to_statements(&self, prefixes: &BTreeMap<String, String>) -> String {
        let turtle = Self { prefixes: prefixes.clone(), ..self.clone() }.to_turtle();
        let statements = turtle.lines().skip_while(|line| line.starts_with("@prefix "));
        statements.collect::<Vec<_>>().join("\n")
    }

    fn to_json_ld(&self) -> String {
        let mut subjects: Vec<(&NamedOrBlankNode, Map<String, Value>)> = Vec::new();
        let mut places: HashMap<&NamedOrBlankNode, usize> = HashMap::new();
        for triple in &self.triples {
            let place = *places.entry(&triple.subject).or_insert_with(|| {
                let mut node = Map::new();
                node.insert("@id".into(), Value::from(self.name_of(&triple.subject)));
                subjects.push((&triple.subject, node));
                subjects.len() - 1
            });
            let (key, value) = self.member(triple);
            let node = &mut subjects[place].1;
            let values = node.entry(key).or_insert_with(|| Value::Array(Vec::new()));
            if let Value::Array(values) = values {
                values.push(value);
            }
        }
        let context: Map<String, Value> = self
            .prefixes
            .iter()
            .filter(|(prefix, iri)| is_json_ld_prefix(prefix, iri))
            .map(|(prefix, iri)| (prefix.clone(), Value::from(iri.as_str())))
            .collect();
        let nodes: Vec<Value> = subjects.into_iter().map(|(_, node)| Value::Object(node)).collect();
        let document = json!({ "@context": context, "@graph": nodes });
        serde_json::to_string_pretty(&document).expect("it is a tree of strings") + "\n"
    }

    /// Returns the key and the value that say a statement in JSON-LD.
    fn member(&self, triple: &Triple) -> (String, Value) {
        let is_type = triple.predicate.as_str() == super::vocabulary::TYPE;
        let value = match &triple.object {
            Term::NamedNode(node) if is_type => {
                return ("@type".into(), Value::from(self.shortened(node.as_str())));
            }
            Term::NamedNode(node) => json!({ "@id": self.shortened(node.as_str()) }),
            Term::BlankNode(node) => json!({ "@id": node.to_string() }),
            Term::Literal(literal) => match literal.language() {
                Some(language) => json!({ "@value": literal.value(), "@language": language }),
                None if literal.datatype() == oxrdf::vocab::xsd::STRING => {
                    Value::from(literal.value())
                }
                None => json!({
                    "@value": literal.value(),
                    "@type": self.shortened(literal.datatype().as_str()),
                }),
            },
        };
        (self.shortened(triple.predicate.as_str()), value)
    }

    fn name_of(&self, subject: &NamedOrBlankNode) -> String {
        match subject {
            NamedOrBlankNode::NamedNode(node) => self.shortened(node.as_str()),
            NamedOrBlankNode::BlankNode(node) => node.to_string(),
        }
    }

    /// Shortens an IRI with a prefix, where what is left can be nothing else.
    fn shortened(&self, iri: &str) -> String {
        let is_local = |local: &str| {
            !local.is_empty()
                && local.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
        };
        let short = self.prefixes.iter().find_map(|(prefix, start)| {
            let local = iri.strip_prefix(&**start).filter(|local| is_local(local))?;
            is_json_ld_prefix(prefix, start).then(|| format!("{prefix}:{local}"))
        });
        short.unwrap_or_else(|| iri.to_owned())
    }
}

/// Writes the language of a literal as is usual, `en-GB`, `zh-Hans` (RFC 5646, section 2.1.1): it
/// says the same in any case, parsers hand it on in small letters, and programs compare letters.
fn recased(term: Term) -> Term {
    let Term::Literal(literal) = &term else { return term };
    let Some(language) = literal.language() else { return term };
    let recase = |(place, part): (usize, &str)| {
        let is_word = part.bytes().all(|byte| byte.is_ascii_alphabetic());
        match (place, part.len()) {
            (1.., 2) if is_word => part.to_ascii_uppercase(),
            (1.., 4) if is_word => {
                let (first, rest) = part.split_at(1);
                first.to_ascii_uppercase() + &rest.to_ascii_lowercase()
            }
            _ => part.to_ascii_lowercase(),
        }
    };
    let parts: Vec<String> = language.split('-').enumerate().map(recase).collect();
    Literal::new_language_tagged_literal_unchecked(literal.value(), parts.join("-")).into()
}

/// Refuses what is no IRI and no language, and IRIs that are not whole.
fn check(triple: &Triple) -> Result<(), String> {
    let subject = match &triple.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node),
        NamedOrBlankNode::BlankNode(_) => None,
    };
    let object = match &triple.object {
        Term::NamedNode(node) => Some(node),
        Term::Literal(_) | Term::BlankNode(_) => None,
    };
    if !triple.predicate.as_str().contains(':') {
        return Err(format!(
            "the key `{}` is not in its context and would be lost: add it there, or remove it",
            triple.predicate.as_str()
        ));
    }
    for node in [subject, Some(&triple.predicate), object].into_iter().flatten() {
        if let Some(relative) = node.as_str().strip_prefix(BASE) {
            return Err(format!("`{relative}` is not a whole IRI: add `@base` to its context"));
        }
        if NamedNode::new(node.as_str()).is_err() {
            return Err(format!("`{}` is no IRI", node.as_str()));
        }
    }
    if let Term::Literal(literal) = &triple.object
        && let Some(language) = literal.language()
        && Literal::new_language_tagged_literal("", language).is_err()
    {
        return Err(format!("`{language}` is no language"));
    }
    Ok(())
}

/// Returns the line, counted from 1, where a JSON text is nested too deep to be taken apart.
fn too_deep(text: &str) -> Option<usize> {
    let (mut depth, mut line) = (0_usize, 1);
    let (mut in_text, mut escaped) = (false, false);
    for byte in text.bytes() {
        match byte {
            b'\n' => line += 1,
            _ if escaped => escaped = false,
            b'\\' if in_text => escaped = true,
            b'"' => in_text = !in_text,
            b'{' | b'[' if !in_text => depth += 1,
            b'}' | b']' if !in_text => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > MAX_DEPTH {
            return Some(line);
        }
    }
    None
}

/// Tells whether JSON-LD takes a name for the beginning of IRIs.
fn is_json_ld_prefix(prefix: &str, iri: &str) -> bool {
    !prefix.is_empty()
        && prefix.chars().all(|c| c.is_ascii_alphanumeric())
        && iri.ends_with([':', '/', '?', '#', '[', ']', '@'])
}
