//! Builds the server again when the client that it embeds has changed.

fn main() {
    // The folder must be there for the embedding to compile; it is empty where the client was not built yet.
    let _ = std::fs::create_dir_all("../app/dist");
    println!("cargo:rerun-if-changed=../app/dist");
}
