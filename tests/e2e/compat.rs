//! Indexes of older formats, as `tests/compat` holds them: refused with what helps, and left alone.

use crate::world::{World, copy_folder};
use std::fs;
use std::path::Path;

#[test]
fn an_older_format_is_refused_and_left_as_it_is() {
    let older = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/compat");
    let mut n_formats = 0;
    for format in fs::read_dir(&older).unwrap() {
        let format = format.unwrap();
        let world = World::new();
        world.put("corpus/one.txt", "President: Ada Orr\n\nWe protect the Internet.\n");
        copy_folder(&format.path(), &world.path("index"));
        for arguments in [&["search", "internet"][..], &["dump"], &["index", "corpus"]] {
            let ran = world.run(arguments).expect(2);
            let number = format.file_name().to_string_lossy().replace("format-", "has format ");
            for part in [&*number, "this version reads format", "onrecord index --index FOLDER"] {
                assert!(ran.stderr.contains(part), "{arguments:?}: {}", ran.stderr);
            }
        }
        for file in fs::read_dir(format.path()).unwrap() {
            let file = file.unwrap();
            let now = fs::read(world.path("index").join(file.file_name())).unwrap();
            assert_eq!(now, fs::read(file.path()).unwrap(), "{:?}", file.file_name());
        }
        n_formats += 1;
    }
    assert!(n_formats > 0, "no older format in {}", older.display());
}
