//! A key that signs for this phone: the browser's own Ed25519 (Web Cryptography Level 2), kept in `IndexedDB` as an object that
//! signs and cannot be read, by this page or any other. Where the browser has no Ed25519, or the page is not secure, there is none.

use js_sys::{ArrayBuffer, Function, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

const NAME: &str = "Ed25519";
const DATABASE: &str = "ls.keys";
const STORE: &str = "keys";
/// The one key's name in the store.
const OWN: &str = "host";

/// Why there is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyError {
    /// The browser cannot make one.
    Missing,
    /// The phone does not keep one.
    Unkept,
}

/// A key of this phone.
#[derive(Clone, Debug)]
pub struct Key {
    secret: JsValue,
    public: [u8; 32],
}

// The few methods that are called, each of which may be missing or refuse.
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = generateKey, catch)]
    fn generate_key(name: &str, extractable: bool, uses: Vec<String>) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = exportKey, catch)]
    fn export_key(form: &str, key: &JsValue) -> Result<Promise, JsValue>;
    #[wasm_bindgen(js_namespace = ["crypto", "subtle"], js_name = sign, catch)]
    fn sign_with(name: &str, key: &JsValue, bytes: Uint8Array) -> Result<Promise, JsValue>;

    type Request;
    #[wasm_bindgen(js_namespace = indexedDB, js_name = open, catch)]
    fn open_database(name: &str) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, getter, catch)]
    fn result(this: &Request) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, setter)]
    fn set_onupgradeneeded(this: &Request, act: &Function);
    #[wasm_bindgen(method, setter)]
    fn set_onsuccess(this: &Request, act: &Function);
    #[wasm_bindgen(method, setter)]
    fn set_onerror(this: &Request, act: &Function);

    type Database;
    #[wasm_bindgen(method, js_name = createObjectStore, catch)]
    fn create_store(this: &Database, name: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn transaction(this: &Database, store: &str, mode: &str) -> Result<Transaction, JsValue>;
    #[wasm_bindgen(method)]
    fn close(this: &Database);

    type Transaction;
    #[wasm_bindgen(method, js_name = objectStore, catch)]
    fn store(this: &Transaction, name: &str) -> Result<Store, JsValue>;
    #[wasm_bindgen(method, setter)]
    fn set_oncomplete(this: &Transaction, act: &Function);
    #[wasm_bindgen(method, setter)]
    fn set_onabort(this: &Transaction, act: &Function);

    type Store;
    #[wasm_bindgen(method, catch)]
    fn get(this: &Store, name: &str) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn put(this: &Store, value: &JsValue, name: &str) -> Result<Request, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn delete(this: &Store, name: &str) -> Result<Request, JsValue>;
}

/// The key that this phone keeps; none where nobody made one.
pub async fn find() -> Result<Option<Key>, KeyError> {
    let pair = within("readonly", |store| store.get(OWN)).await.map_err(|_| KeyError::Unkept)?;
    if pair.is_object() { Key::of(&pair).await.map(Some) } else { Ok(None) }
}

/// Makes a key. It is kept before it is given.
pub async fn make() -> Result<Key, KeyError> {
    let uses = vec!["sign".to_owned(), "verify".to_owned()];
    let pair = settled(generate_key(NAME, false, uses)).await.map_err(|_| KeyError::Missing)?;
    let key = Key::of(&pair).await?;
    within("readwrite", |store| store.put(&pair, OWN)).await.map_err(|_| KeyError::Unkept)?;
    Ok(key)
}

/// Forgets the key. Nobody can sign with it any more.
pub async fn forget() -> Result<(), KeyError> {
    within("readwrite", |store| store.delete(OWN)).await.map(drop).map_err(|_| KeyError::Unkept)
}

impl Key {
    async fn of(pair: &JsValue) -> Result<Self, KeyError> {
        let part = |name: &str| Reflect::get(pair, &name.into()).map_err(|_| KeyError::Missing);
        let raw = settled(export_key("raw", &part("publicKey")?)).await.map_err(|_| KeyError::Missing)?;
        let public = bytes(&raw).ok_or(KeyError::Missing)?;
        Ok(Self { secret: part("privateKey")?, public })
    }

    /// By which others know it.
    pub const fn public(&self) -> [u8; 32] {
        self.public
    }

    /// Signs bytes; none where the browser refuses.
    pub async fn sign(&self, message: &[u8]) -> Option<[u8; 64]> {
        let signed = settled(sign_with(NAME, &self.secret, Uint8Array::from(message))).await;
        bytes(&signed.ok()?)
    }
}

fn bytes<const N: usize>(buffer: &JsValue) -> Option<[u8; N]> {
    Uint8Array::new(buffer.dyn_ref::<ArrayBuffer>()?).to_vec().try_into().ok()
}

async fn settled(promise: Result<Promise, JsValue>) -> Result<JsValue, JsValue> {
    JsFuture::from(promise?).await
}

/// What a request in a transaction of its own comes to, once the transaction is over.
async fn within(
    mode: &str,
    act: impl FnOnce(&Store) -> Result<Request, JsValue>,
) -> Result<JsValue, JsValue> {
    let opening = open_database(DATABASE)?;
    let opened = opening.clone().unchecked_into::<Request>();
    let make_store = Closure::<dyn FnMut()>::new(move || {
        if let Ok(database) = opened.result() {
            // Where this fails, so does the transaction.
            let _ = database.unchecked_into::<Database>().create_store(STORE);
        }
    });
    opening.set_onupgradeneeded(make_store.as_ref().unchecked_ref());
    let opened = Promise::new(&mut |yes, no| {
        opening.set_onsuccess(&yes);
        opening.set_onerror(&no);
    });
    JsFuture::from(opened).await?;
    let database: Database = opening.result()?.unchecked_into();
    let transaction = database.transaction(STORE, mode)?;
    let request = act(&transaction.store(STORE)?)?;
    let over = Promise::new(&mut |yes, no| {
        transaction.set_oncomplete(&yes);
        transaction.set_onabort(&no);
    });
    let over = JsFuture::from(over).await;
    database.close();
    over?;
    request.result()
}
