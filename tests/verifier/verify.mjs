// Reads {credential, issuer} from standard input and says whether an implementation that is not ours accepts the proof.
// No network: the issuer's document is what the test hands over.
import { readFileSync } from "node:fs";
import { DataIntegrityProof } from "@digitalbazaar/data-integrity";
import { createVerifyCryptosuite } from "@digitalbazaar/eddsa-jcs-2022-cryptosuite";
import jsigs from "jsonld-signatures";

const { credential, issuer } = JSON.parse(readFileSync(0, "utf8"));
const documentLoader = async (url) => {
  const [base] = url.split("#");
  if (base !== issuer.id) throw new Error(`not handed over: ${url}`);
  const method = issuer.verificationMethod.find((one) => one.id === url);
  const context = "https://w3id.org/security/multikey/v1";
  return { contextUrl: null, documentUrl: url, document: method ? { "@context": context, ...method } : issuer };
};
const { AssertionProofPurpose } = jsigs.purposes;
const suite = new DataIntegrityProof({ cryptosuite: createVerifyCryptosuite() });
const purpose = new AssertionProofPurpose({ controller: issuer });
const result = await jsigs.verify(credential, { suite, purpose, documentLoader });
const why = result.verified ? "" : String(result.error?.errors?.[0]?.message ?? result.error);
process.stdout.write(JSON.stringify({ verified: result.verified, why }));
