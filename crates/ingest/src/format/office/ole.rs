//! Compound files (OLE2): Word 97–2003, and what is locked by a password. They are not read.

/// Where the header of a compound file says which sector its directory begins in (MS-CFB 2.2).
const DIRECTORY_FIELD: usize = 48;

/// Tells why a compound file is not read, from the names in its directory.
pub(crate) fn reason_for_ole(head: &[u8]) -> String {
    let directory = directory(head).unwrap_or(head);
    let holds = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        memchr::memmem::find(directory, &name).is_some()
    };
    if holds("EncryptedPackage") {
        "encrypted: remove its password"
    } else if holds("WordDocument") {
        "a Word 97-2003 file: save it as .docx"
    } else {
        "a file of Office 97-2003, or one with a password: save it as .docx without one"
    }
    .to_owned()
}

/// Returns what the head holds from the directory's first sector on.
fn directory(head: &[u8]) -> Option<&[u8]> {
    let field = head.get(DIRECTORY_FIELD..DIRECTORY_FIELD + 4)?;
    let sector = u32::from_le_bytes(field.try_into().ok()?) as usize;
    let shift = u32::from(*head.get(30)?).clamp(9, 12);
    head.get(sector.checked_add(1)?.checked_mul(1 << shift)?..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_directory_tells() {
        for (name, expected) in [
            ("EncryptedPackage", "encrypted: remove its password"),
            ("WordDocument", "a Word 97-2003 file"),
            ("Workbook", "a file of Office 97-2003"),
        ] {
            let mut file = vec![0; 1024];
            file[30] = 9;
            file.extend(name.encode_utf16().flat_map(u16::to_le_bytes));
            file[DIRECTORY_FIELD] = 1;
            assert!(reason_for_ole(&file).starts_with(expected), "{name}");
            assert!(!reason_for_ole(&file[..40]).is_empty());
        }
    }
}
