package io.trunkline.sip.stir;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityHeaderTest {
    private static final String URL = "https://cert.example.org/passport.cer";

    @Test
    void aHeaderIsReadWithFoldsQuotesAndParametersInAnyOrder() {
        final IdentityHeader header =
                IdentityHeader.read("eyJh.eyJk.rq3p\r\n ; ppt=\"shaken\" ;alg=ES256; info = <" + URL + "> ;canon=x");

        assertThat(header).isEqualTo(new IdentityHeader("eyJh.eyJk.rq3p", URL, "ES256", "shaken"));
        assertThat(header.text()).isEqualTo("eyJh.eyJk.rq3p;info=<" + URL + ">;alg=ES256;ppt=shaken");
        assertThat(IdentityHeader.read(header.text())).isEqualTo(header);
    }

    @Test
    void theCompactFormHasAnAlgorithmByDefault() {
        assertThat(IdentityHeader.read("..rq3p;info=<" + URL + ">"))
                .isEqualTo(new IdentityHeader("..rq3p", URL, "ES256", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "a.b.c",
                "a.b.c;info",
                "a.b.c;info=",
                "a.b.c;info=https://x",
                "a.b.c;info=<https://x",
                "a.b.c;info=<https://x>junk",
                "a.b.c;info=<https://x>;info=<https://y>",
                "a.b.c;info=<https://x>;ppt=\"shaken",
                "a.b;info=<https://x>",
                "a.b.;info=<https://x>",
                "a.b.c.d;info=<https://x>",
                "a.b.c d;info=<https://x>",
                "a.ü.c;info=<https://x>",
                "\"kjOP4YVYvyyp\";info=<https://x>;alg=rsa-sha1"
            })
    void whatIsNoIdentityIsRefused(final String value) {
        assertThat(IdentityHeader.read(value)).isNull();
    }

    @Test
    void nothingLongerThanTheLimitIsRead() {
        final String longest = "a.b." + "c".repeat(IdentityHeader.MAX_LENGTH - 22) + ";info=<https://x>";

        assertThat(longest).hasSizeLessThanOrEqualTo(IdentityHeader.MAX_LENGTH);
        assertThat(IdentityHeader.read(longest)).isNotNull();
        assertThat(IdentityHeader.read(longest + " ".repeat(2))).isNull();
        assertThat(IdentityHeader.read("a.b.c;info=<https://x>" + ";p=1".repeat(20)))
                .isNull();
    }
}
