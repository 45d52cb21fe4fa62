// SPDX-License-Identifier: Apache-2.0
package dev.fairway.openstack.cloud.connect;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// Private keys from PEM: PKCS#8, and the older forms of RSA (PKCS#1) and EC (SEC 1), which the JDK
/// reads only when they are wrapped as PKCS#8 (RFC 5208).
final class PemKey {
  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ((?:RSA |EC )?)PRIVATE KEY-----([^-]+)-----END");
  private static final byte[] VERSION_0 = HexFormat.of().parseHex("020100");
  // SEQUENCE { rsaEncryption, NULL } and the OBJECT IDENTIFIER id-ecPublicKey.
  private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");
  private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");
  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  // `parameters [0]` of an ECPrivateKey (RFC 5915).
  private static final int PARAMETERS = 0xa0;

  private PemKey() {}

  static PrivateKey parse(String pem) throws GeneralSecurityException {
    var block = BLOCK.matcher(pem);
    if (!block.find()) {
      throw new GeneralSecurityException("no private key");
    }
    var key = Base64.getMimeDecoder().decode(block.group(2));
    return switch (block.group(1)) {
      case "RSA " -> read(wrapped(RSA, key), "RSA");
      case "EC " -> read(wrapped(der(SEQUENCE, EC, curve(key)), key), "EC");
      default -> either(key);
    };
  }

  private static PrivateKey either(byte[] pkcs8) throws GeneralSecurityException {
    try {
      return read(pkcs8, "RSA");
    } catch (GeneralSecurityException _) {
      return read(pkcs8, "EC");
    }
  }

  private static PrivateKey read(byte[] pkcs8, String algorithm) throws GeneralSecurityException {
    return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
  }

  private static byte[] wrapped(byte[] algorithm, byte[] key) {
    return der(SEQUENCE, VERSION_0, algorithm, der(OCTET_STRING, key));
  }

  /// SEQUENCE { INTEGER 1, OCTET STRING key, [0] curve, … }: all lengths before the curve are
  /// short.
  private static byte[] curve(byte[] key) throws GeneralSecurityException {
    try {
      var at = (key[1] & 0x80) == 0 ? 2 : 2 + (key[1] & 0x7f);
      at += 2 + key[at + 1];
      at += 2 + key[at + 1];
      if ((key[at] & 0xff) != PARAMETERS) {
        throw new GeneralSecurityException("the key does not name its curve");
      }
      return Arrays.copyOfRange(key, at + 2, at + 2 + key[at + 1]);
    } catch (ArrayIndexOutOfBoundsException e) {
      throw new GeneralSecurityException("the key is cut", e);
    }
  }

  private static byte[] der(int tag, byte[]... parts) {
    var content = new ByteArrayOutputStream();
    for (var part : parts) {
      content.writeBytes(part);
    }
    var out = new ByteArrayOutputStream();
    out.write(tag);
    var length = content.size();
    if (length < 0x80) {
      out.write(length);
    } else if (length < 0x100) {
      out.write(0x81);
      out.write(length);
    } else {
      out.write(0x82);
      out.write(length >> 8);
      out.write(length);
    }
    out.writeBytes(content.toByteArray());
    return out.toByteArray();
  }
}
