package io.trunkline.sip.stir;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.interfaces.ECPublicKey;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The serialization of claims, held against the examples of the RFCs. */
class PassportTest {
    /** RFC 8225 Appendix A: the example's header and claims. Its signature is not that of the key that is printed with it. */
    private static final String RFC_8225_INPUT = "eyJhbGciOiJFUzI1NiIsInR5cCI6InBhc3Nwb3J0IiwieDV1IjoiaHR0cHM6Ly9j"
            + "ZXJ0LmV4YW1wbGUub3JnL3Bhc3Nwb3J0LmNlciJ9."
            + "eyJkZXN0Ijp7InVyaSI6WyJzaXA6YWxpY2VAZXhhbXBsZS5jb20iXX0sImlhdCI"
            + "6MTQ3MTM3NTQxOCwib3JpZyI6eyJ0biI6IjEyMTU1NTUxMjEyIn19";

    private static final Passport RFC_8225 = new Passport(
            "https://cert.example.org/passport.cer",
            "",
            "12155551212",
            List.of(),
            List.of("sip:alice@example.com"),
            1_471_375_418L,
            null,
            "");

    @Test
    void theExampleOfRfc8225IsWrittenOctetByOctet() {
        assertThat(new String(Signer.signingInput(RFC_8225), StandardCharsets.US_ASCII))
                .isEqualTo(RFC_8225_INPUT);
    }

    @Test
    void theExampleOfEs256InRfc7515IsRight() throws Exception {
        final ECPublicKey key = new ECKey.Builder(
                        Curve.P_256,
                        new Base64URL("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
                        new Base64URL("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"))
                .build()
                .toECPublicKey();
        final byte[] input = ("eyJhbGciOiJFUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
                        + "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ")
                .getBytes(StandardCharsets.US_ASCII);
        final Base64URL signature =
                new Base64URL("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q");

        assertThat(SigningKey.isSignedBy(key, input, signature)).isTrue();
        input[40] ^= 1;
        assertThat(SigningKey.isSignedBy(key, input, signature)).isFalse();
    }

    @Test
    void theExampleOfRfc8588IsWrittenInOrder() {
        final Passport passport = Passport.shaken(
                "https://cert.example.org/passport.cer",
                "12155551212",
                "12125551213",
                1_443_208_345L,
                Attestation.FULL,
                "123e4567-e89b-12d3-a456-426655440000");

        assertThat(passport.headerJson())
                .isEqualTo("{\"alg\":\"ES256\",\"ppt\":\"shaken\",\"typ\":\"passport\","
                        + "\"x5u\":\"https://cert.example.org/passport.cer\"}");
        assertThat(passport.claimsJson())
                .isEqualTo("{\"attest\":\"A\",\"dest\":{\"tn\":[\"12125551213\"]},\"iat\":1443208345,"
                        + "\"orig\":{\"tn\":\"12155551212\"},\"origid\":\"123e4567-e89b-12d3-a456-426655440000\"}");
    }

    @Test
    void whatCouldEndATextOfJsonIsEscaped() {
        final Passport passport = Passport.shaken("https://a/", "1", "2", 3, Attestation.GATEWAY, "a\"b\\c\n");

        assertThat(passport.claimsJson()).endsWith("\"origid\":\"a\\\"b\\\\c\\u000a\"}");
    }

    @Test
    void numbersAreDigitsOnly() {
        assertThat(TelephoneNumber.canonical("+1 (215) 555-12.12;cpc=ordinary")).isEqualTo("12155551212");
        assertThat(TelephoneNumber.canonical("*67#")).isEqualTo("*67#");
        assertThat(TelephoneNumber.canonical("alice")).isNull();
        assertThat(TelephoneNumber.canonical("1+2")).isNull();
        assertThat(TelephoneNumber.canonical("+")).isNull();
        assertThat(TelephoneNumber.canonical("1".repeat(TelephoneNumber.MAX_DIGITS + 1)))
                .isNull();
    }
}
