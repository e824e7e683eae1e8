package io.trunkline.sip.stir;

/**
 * The value of an Identity header (RFC 8224 §4): a PASSporT, and where its certificate is.
 *
 * <pre>
 *   eyJhbGciOi...  .  eyJhdHRlc3Qi...  .  rq3pjT1hoR...  ;info=&lt;https://cert.example.org/passport.cer&gt;;alg=ES256;ppt=shaken
 *   header            claims              signature       both may be empty, which is the compact form (§7.1)
 * </pre>
 *
 * @param token the PASSporT, in full or compact form
 * @param info where the certificate is
 * @param alg algorithm; {@code ES256} where none is given
 * @param ppt kind of PASSporT; empty where none is given
 */
public record IdentityHeader(String token, String info, String alg, String ppt) {
    /** Characters of the longest value that is read. */
    public static final int MAX_LENGTH = 4 * 1024;

    private static final String ES256 = "ES256";
    private static final int MAX_PARAMETERS = 16;

    /** Reads a value; null where it is none, or longer than {@link #MAX_LENGTH}. Folds may stand in it. */
    public static IdentityHeader read(final String value) {
        return value.length() > MAX_LENGTH ? null : new Reader(value).read();
    }

    /** The value, as it stands in a message. */
    public String text() {
        return token + ";info=<" + info + ">;alg=" + alg + (ppt.isEmpty() ? "" : ";ppt=" + ppt);
    }

    private static final class Reader {
        private final String value;
        private int at;

        Reader(final String value) {
            this.value = value;
        }

        IdentityHeader read() {
            skipSpace();
            final String token = until(";");
            if (!isToken(token)) {
                return null;
            }
            String info = null;
            String alg = ES256;
            String ppt = "";
            for (int count = 0; at < value.length(); count++) {
                at++;
                final String name = until("=;");
                final String parameter = at < value.length() && value.charAt(at) == '=' ? parameter() : "";
                if (parameter == null || count == MAX_PARAMETERS) {
                    return null;
                }
                switch (name.toLowerCase(java.util.Locale.ROOT)) {
                    case "info" -> {
                        if (info != null || !parameter.startsWith("<") || !parameter.endsWith(">")) {
                            return null;
                        }
                        info = parameter.substring(1, parameter.length() - 1);
                    }
                    case "alg" -> alg = parameter;
                    case "ppt" -> ppt = parameter;
                    default -> {
                        // Others may be there, and mean nothing to us (RFC 8224 §4).
                    }
                }
            }
            return info == null ? null : new IdentityHeader(token, info, alg, ppt);
        }

        /** Three parts of base64url; an old Identity (RFC 4474) is a quoted string and none of these. */
        private static boolean isToken(final String token) {
            int dots = 0;
            for (int i = 0; i < token.length(); i++) {
                final char at = token.charAt(i);
                dots += at == '.' ? 1 : 0;
                if ((at != '.' && at != '-' && at != '_' && !Character.isLetterOrDigit(at)) || at > '~') {
                    return false;
                }
            }
            return dots == 2 && !token.endsWith(".");
        }

        /** What stands up to one of these characters, without space around it. */
        private String until(final String ends) {
            final int from = at;
            while (at < value.length() && ends.indexOf(value.charAt(at)) < 0) {
                at++;
            }
            return value.substring(from, at).strip();
        }

        /** The value behind an equals sign: a URI in brackets, a quoted string without its quotes, or a token; null for none. */
        private String parameter() {
            at++;
            skipSpace();
            final char opening = at < value.length() ? value.charAt(at) : ';';
            if (opening != '<' && opening != '"') {
                final String token = until(";");
                return token.isEmpty() ? null : token;
            }
            final int close = value.indexOf(opening == '<' ? '>' : '"', at + 1);
            if (close < 0) {
                return null;
            }
            final String inner = opening == '<' ? value.substring(at, close + 1) : value.substring(at + 1, close);
            at = close + 1;
            skipSpace();
            return at < value.length() && value.charAt(at) != ';' ? null : inner;
        }

        private void skipSpace() {
            while (at < value.length() && Character.isWhitespace(value.charAt(at))) {
                at++;
            }
        }
    }
}
