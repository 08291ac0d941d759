// Checks an eddsa-jcs-2022 proof in the browser, with no network: what is checked lies in the page itself.
(() => {
  const said = JSON.parse(document.getElementById("proof").textContent);
  const out = document.getElementById("signature");
  const say = (which) => { out.textContent = out.dataset[which]; };
  // RFC 8785: JSON.stringify writes strings and numbers as it asks; keys in the order of their UTF-16 units.
  const canonical = (value) => {
    if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
    if (value === null || typeof value !== "object") return JSON.stringify(value);
    return `{${Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(",")}}`;
  };
  const letters = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  const base58 = (text, length) => {
    let number = 0n;
    for (const letter of text) {
      if (!letters.includes(letter)) throw new Error("base58");
      number = number * 58n + BigInt(letters.indexOf(letter));
    }
    const bytes = new Uint8Array(length);
    for (let at = length - 1; at >= 0; at -= 1, number >>= 8n) bytes[at] = Number(number & 255n);
    return bytes;
  };
  const hash = async (value) => new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(canonical(value))));
  // What is signed tells nothing of a page that shows another name: names, number and code must stand in it.
  const shown = document.querySelector(".printed").textContent;
  const isShown = ({ credentialSubject: of }) => {
    const code = of.achievement.humanCode;
    const names = of.identifier.map((one) => one.identityHash);
    return [...names, of.licenseNumber, `${code.slice(0, 7)}-${code.slice(7)}`].every((one) => shown.includes(one));
  };
  const verify = async () => {
    const { proof, ...bare } = said.credential;
    if (!isShown(bare)) return false;
    const { proofValue, ...options } = proof;
    const name = said.keys[options.verificationMethod.split("#")[1]];
    if (!name || options.cryptosuite !== "eddsa-jcs-2022") return false;
    const key = await crypto.subtle.importKey("raw", base58(name.slice(1), 34).slice(2), "Ed25519", false, ["verify"]);
    const words = new Uint8Array([...(await hash(options)), ...(await hash(bare))]);
    return crypto.subtle.verify("Ed25519", key, base58(proofValue.slice(1), 64), words);
  };
  if (!globalThis.crypto?.subtle) { say("cannot"); return; }
  verify().then((right) => say(right ? "right" : "wrong"), (error) => say(error.name === "NotSupportedError" ? "cannot" : "wrong"));
})();
