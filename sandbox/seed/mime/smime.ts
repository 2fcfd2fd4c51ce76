import { createHash } from 'node:crypto'
import { der, integer, objectId, octets, printable, sequence, setOf, tagged } from '../files/der.ts'
import { stableRandom } from '../stable-random.ts'
import { entity, filePart, joinChunks, multipart, type Part } from './part.ts'

/** Object identifiers of RFC 5652 (CMS), RFC 8017 and the NIST algorithms. */
const oid = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  envelopedData: '1.2.840.113549.1.7.3',
  rsa: '1.2.840.113549.1.1.1',
  sha256: '2.16.840.1.101.3.4.2.1',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
  commonName: '2.5.4.3',
}

/**
 * A clear-signed mail (RFC 8551 3.5.3): readable, with a PKCS #7 part beside it. The digest is the real one; the
 * signature itself is random, for nobody here holds a key.
 */
export const signedBy =
  (signer: string) =>
  (content: Part, boundary: string): Part => {
    const digest = createHash('sha256')
      .update(joinChunks(entity(content)))
      .digest()
    const type = 'application/pkcs7-signature'
    const signature = filePart({ name: 'smime.p7s', type, content: signedData(signer, digest) })
    return multipart(`signed; protocol="${type}"; micalg=sha-256`, [content, signature], boundary)
  }

/** An encrypted mail (RFC 8551 3.3): nothing but an opaque PKCS #7 object, whose cipher text is random. */
export const encryptedFor =
  (recipient: string) =>
  (content: Part): Part => {
    const blocks = Math.ceil(joinChunks(entity(content)).length / 16)
    const { headers, body } = filePart({
      name: 'smime.p7m',
      type: 'application/pkcs7-mime; smime-type=enveloped-data',
      content: envelopedData(recipient, blocks * 16),
    })
    return { headers, body }
  }

const algorithm = (id: string, ...parameters: Uint8Array[]) => sequence(objectId(id), ...parameters)
const issuer = (name: string) =>
  sequence(
    sequence(setOf(sequence(objectId(oid.commonName), printable(name)))),
    integer(name.length),
  )

function signedData(signer: string, digest: Uint8Array): Uint8Array {
  const signerInfo = sequence(
    integer(1),
    issuer(signer),
    algorithm(oid.sha256),
    tagged(0, sequence(objectId('1.2.840.113549.1.9.4'), setOf(octets(digest)))),
    algorithm(oid.rsa),
    octets(stableRandom(signer).bytes(256)),
  )
  return contentInfo(
    oid.signedData,
    sequence(
      integer(1),
      setOf(algorithm(oid.sha256)),
      sequence(objectId(oid.data)),
      setOf(signerInfo),
    ),
  )
}

function envelopedData(recipient: string, cipherBytes: number): Uint8Array {
  const random = stableRandom(recipient)
  const recipientInfo = sequence(
    integer(0),
    issuer(recipient),
    algorithm(oid.rsa),
    octets(random.bytes(256)),
  )
  const encrypted = sequence(
    objectId(oid.data),
    algorithm(oid.aes256Cbc, octets(random.bytes(16))),
    der(0x80, random.bytes(cipherBytes)), // [0] IMPLICIT
  )
  return contentInfo(oid.envelopedData, sequence(integer(0), setOf(recipientInfo), encrypted))
}

const contentInfo = (id: string, content: Uint8Array) => sequence(objectId(id), tagged(0, content))
