package io.trunkline.sip.stir;

import io.trunkline.testing.Certificates;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** An authority and the signers that it has certified, made by the JDK's keytool. */
public final class StirPki {
    /** List of a service provider: code 709J. */
    public static final String PROVIDER_LIST = "30:08:A0:06:16:04:37:30:39:4A";
    /** List of the hundred numbers from 12155550100 on. */
    public static final String HUNDRED_LIST = "30:14:A1:12:30:10:16:0B:31:32:31:35:35:35:35:30:31:30:30:02:01:64";

    private final Path directory;
    private final Path store;
    private final String authority;

    /** Makes the authority. */
    public StirPki(final Path directory, final String authority) throws Exception {
        this.directory = directory;
        this.authority = authority;
        store = directory.resolve(authority + ".p12");
        keytool(
                "-genkeypair",
                authority,
                "-keyalg",
                "EC",
                "-groupname",
                "secp256r1",
                "-dname",
                "CN=" + authority,
                "-ext",
                "bc:c=ca:true",
                "-ext",
                "ku:c=keyCertSign,cRLSign",
                "-validity",
                "30");
    }

    private void keytool(final String command, final String alias, final String... more) throws Exception {
        final List<String> all = new ArrayList<>(List.of(command, "-alias", alias, "-storetype", "PKCS12"));
        all.addAll(List.of("-keystore", store.toString(), "-storepass", Certificates.PASSWORD));
        all.addAll(List.of(more));
        Certificates.keytool(all.toArray(new String[0]));
    }

    /**
     * Certifies a signer.
     *
     * @param list its TN authorization list for keytool; null for none
     * @param more other arguments of {@code keytool -gencert}
     */
    public StirPki certify(final String alias, final String list, final String... more) throws Exception {
        final Path request = directory.resolve(alias + ".csr");
        keytool("-genkeypair", alias, "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=SHAKEN " + alias);
        keytool("-certreq", alias, "-file", request.toString());
        final Path certificate = directory.resolve(alias + ".pem");
        final List<String> arguments = new ArrayList<>(List.of("-infile", request.toString()));
        arguments.addAll(List.of("-outfile", certificate.toString(), "-rfc", "-ext", "ku:c=digitalSignature"));
        arguments.addAll(List.of(more));
        if (list != null) {
            arguments.addAll(List.of("-ext", TnAuthorization.OID + "=" + list));
        }
        keytool("-gencert", authority, arguments.toArray(new String[0]));
        return this;
    }

    /** The authority's certificate. */
    public byte[] anchor() throws Exception {
        return pem((X509Certificate) Certificates.load(store).getCertificate(authority));
    }

    /** A signer's certificate as its server gives it. */
    public byte[] published(final String alias) throws Exception {
        return Files.readAllBytes(directory.resolve(alias + ".pem"));
    }

    /** A signer's key in PKCS #8. */
    public String keyPem(final String alias) throws Exception {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key(alias).getEncoded()) + "\n-----END PRIVATE KEY-----\n";
    }

    private ECPrivateKey key(final String alias) throws Exception {
        final KeyStore keys = Certificates.load(store);
        return (ECPrivateKey) keys.getKey(alias, Certificates.PASSWORD.toCharArray());
    }

    /** What a signer signs with. */
    public SigningKey signingKey(final String alias, final String url) throws Exception {
        return SigningKey.read(keyPem(alias), published(alias), url);
    }

    private static byte[] pem(final X509Certificate certificate) throws Exception {
        final String text = "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(certificate.getEncoded()) + "\n-----END CERTIFICATE-----\n";
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
