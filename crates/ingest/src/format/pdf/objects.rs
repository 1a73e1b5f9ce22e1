//! Objects of a file, past references, as what they should be.

use lopdf::{Dictionary, Document, Object, Stream};

/// The most bytes that one stream may unpack to: 64 MiB, as much as a document may have.
pub(super) const MAX_STREAM: usize = 64 << 20;

/// Follows references to an object; lopdf bounds their number.
pub(super) fn resolve<'a>(
    document: &'a Document,
    object: Option<&'a Object>,
) -> Option<&'a Object> {
    document.dereference(object?).ok().map(|(_, object)| object)
}

pub(super) fn dictionary<'a>(
    document: &'a Document,
    object: Option<&'a Object>,
) -> Option<&'a Dictionary> {
    match resolve(document, object)? {
        Object::Dictionary(dictionary) => Some(dictionary),
        Object::Stream(stream) => Some(&stream.dict),
        Object::Null
        | Object::Boolean(_)
        | Object::Integer(_)
        | Object::Real(_)
        | Object::Name(_)
        | Object::String(..)
        | Object::Array(_)
        | Object::Reference(_) => None,
    }
}

pub(super) fn array<'a>(
    document: &'a Document,
    object: Option<&'a Object>,
) -> Option<&'a [Object]> {
    resolve(document, object)?.as_array().ok().map(Vec::as_slice)
}

pub(super) fn name<'a>(document: &'a Document, object: Option<&'a Object>) -> Option<&'a [u8]> {
    resolve(document, object)?.as_name().ok()
}

pub(super) fn number(document: &Document, object: Option<&Object>) -> Option<f32> {
    resolve(document, object)?.as_float().ok().filter(|number| number.is_finite())
}

pub(super) fn stream<'a>(document: &'a Document, object: Option<&'a Object>) -> Option<&'a Stream> {
    resolve(document, object)?.as_stream().ok()
}

/// Unpacks a stream; none where it is damaged or larger than [`MAX_STREAM`].
pub(super) fn stream_bytes(document: &Document, object: Option<&Object>) -> Option<Vec<u8>> {
    stream(document, object)?.get_plain_content_with_limit(MAX_STREAM).ok()
}
