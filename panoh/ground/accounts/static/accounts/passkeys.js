// Passkeys: asks the browser for a key and sends its answer with the form. Without script the other ways remain.
/* global webauthnJSON */

const given = () => JSON.parse(document.getElementById('js_data').textContent)

const ways = {
  async login (form) {
    const answer = await fetch(form.action, { headers: { Accept: 'application/json' } })
    if (!answer.ok) throw new Error('no options')
    return webauthnJSON.get((await answer.json()).request_options)
  },
  async use () {
    return webauthnJSON.get(given().request_options)
  },
  async add (form) {
    const options = given().creation_options
    const alone = form.elements.passwordless?.checked ?? false
    const wanted = options.publicKey.authenticatorSelection
    wanted.residentKey = alone ? 'required' : 'discouraged'
    wanted.requireResidentKey = alone
    if (alone) wanted.userVerification = 'required'
    return webauthnJSON.create(options)
  }
}

for (const form of document.querySelectorAll('form[data-passkey]')) {
  const failed = form.querySelector('[data-passkey-failed]')
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    failed.hidden = true
    try {
      form.elements.credential.value = JSON.stringify(await ways[form.dataset.passkey](form))
      form.submit()
    } catch {
      failed.hidden = false
    }
  })
}
