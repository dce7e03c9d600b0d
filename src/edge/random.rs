//! Chance, from the browser's own source of it.

/// Sixteen random bytes; none where the browser gives none.
pub fn sixteen() -> Option<[u8; 16]> {
    let mut bytes = [0; 16];
    web_sys::window()?.crypto().ok()?.get_random_values_with_u8_array(&mut bytes).ok()?;
    Some(bytes)
}
