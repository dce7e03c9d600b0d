//! The app that a rider opens: the nearest open station, what it has, how to get there, whom to call.
//!
//! Arrows: `domain ← data ← state ← view ← app`; `edge` knows only `domain`, and what lies above may use it.

pub mod app;
pub mod data;
pub mod edge;
pub mod i18n;
pub mod routes;
pub mod state;
pub mod view;

#[cfg(target_arch = "wasm32")]
mod memory {
    //! Where memory comes from. The standard library's allocator is 3 KB of the download, this one is half a kilobyte, and takes the
    //! same time for each piece.

    use rlsf::{GlobalTlsf, GlobalTlsfOptions};

    /// Small, and memory that was asked for in pieces is one.
    struct Small;

    impl GlobalTlsfOptions for Small {
        const ENABLE_REALLOCATION: bool = false;
        const COALESCE_POOLS: bool = true;
    }

    #[global_allocator]
    static MEMORY: GlobalTlsf<Small> = GlobalTlsf::new();
}
