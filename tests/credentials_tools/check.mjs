// Checks credentials with tools that are not ours, offline: whatever is not handed in cannot be loaded.
// In (stdin, JSON): {documents: {address: document}, now, asked: [{credential} | {token} | {list}]}.
// Out (stdout, JSON): [{verified, marks: [purposes whose bit is set], error}] in the same order.
import * as vc from '@digitalbazaar/vc';
import {DataIntegrityProof} from '@digitalbazaar/data-integrity';
import {checkStatus} from '@digitalbazaar/vc-bitstring-status-list';
import {cryptosuite} from '@digitalbazaar/eddsa-rdfc-2022-cryptosuite';
import {importJWK, jwtVerify} from 'jose';
import {text} from 'node:stream/consumers';

const {documents, now, asked} = JSON.parse(await text(process.stdin));
const suite = new DataIntegrityProof({cryptosuite});
const CONTEXTS = {Multikey: 'https://w3id.org/security/multikey/v1', JsonWebKey: 'https://w3id.org/security/jwk/v1'};

async function documentLoader(url) {
  const [address, fragment] = url.split('#');
  let document = documents[url] ?? documents[address];
  if(document === undefined) {
    throw new Error(`Not handed in: ${url}`);
  }
  if(fragment && document.verificationMethod) {
    const method = document.verificationMethod.find(each => each.id === url);
    if(!method) {
      throw new Error(`No such key: ${url}`);
    }
    document = {'@context': CONTEXTS[method.type], ...method};
  }
  return {contextUrl: null, documentUrl: url, document};
}

async function checkCredential(credential) {
  const result = await vc.verifyCredential({credential, suite, documentLoader, now: new Date(now), checkStatus});
  const found = result.statusResult?.results ?? [];
  return {
    verified: result.verified,
    marks: found.filter(each => each.status).map(each => each.credentialStatus.statusPurpose),
    error: result.error && String(result.error.errors?.[0]?.message ?? result.error.message)
  };
}

async function checkList(credential) {
  const result = await vc.verifyCredential({credential, suite, documentLoader, now: new Date(now)});
  return {verified: result.verified, marks: [], error: result.error && String(result.error)};
}

async function checkToken(token) {
  await jwtVerify(token, async header => {
    const {document} = await documentLoader(header.kid);
    return importJWK(document.publicKeyJwk, header.alg);
  }, {currentDate: new Date(now), algorithms: ['EdDSA']});
  return {verified: true, marks: []};
}

async function check({credential, token, list}) {
  try {
    return await (credential ? checkCredential(credential) : token ? checkToken(token) : checkList(list));
  } catch(error) {
    return {verified: false, marks: [], error: String(error)};
  }
}

const said = [];
for(const each of asked) {
  said.push(await check(each));
}
console.log(JSON.stringify(said));
