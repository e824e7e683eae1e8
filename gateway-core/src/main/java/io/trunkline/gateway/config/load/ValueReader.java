package io.trunkline.gateway.config.load;

import static io.trunkline.gateway.config.ConfigProblem.Code.BAD_VALUE;
import static io.trunkline.gateway.config.ConfigProblem.Code.FILE_MISSING;
import static io.trunkline.gateway.config.ConfigProblem.Code.OUT_OF_RANGE;

import io.trunkline.gateway.config.Cidr;
import io.trunkline.gateway.config.ConfigProblem.Code;
import io.trunkline.gateway.config.Endpoint;
import io.trunkline.gateway.config.Money;
import io.trunkline.gateway.config.Percent;
import io.trunkline.gateway.config.Secret;
import io.trunkline.gateway.config.Size;
import io.trunkline.gateway.engine.ErrorCode;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads the values that have a type of their own. */
final class ValueReader {
    private static final int MONEY_DECIMALS = 6;
    private static final int PERCENT_DECIMALS = 2;
    private static final Duration LONGEST = Duration.ofDays(3650);

    /** A value that has the form which the schema asks for, and is none all the same. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1L;
        private final Code code;
        private final String remedy;

        Unreadable(final Code code, final String message, final String remedy) {
            super(message);
            this.code = code;
            this.remedy = remedy;
        }

        Code code() {
            return code;
        }

        String remedy() {
            return remedy;
        }
    }

    private final Path directory;
    private final SecretSource secrets;

    ValueReader(final Path directory, final SecretSource secrets) {
        this.directory = directory;
        this.secrets = secrets;
    }

    /** The value, or null where the schema has said already that it has the wrong form. */
    Object read(final JsonNode node, final Class<?> type, final SchemaNode schema) throws Unreadable {
        if (type == ErrorCode.class) {
            return error(node);
        }
        if (type.isEnum()) {
            return constant(node, type);
        }
        if (type == Money.class) {
            return node.isNumber() ? new Money(exactly(node, MONEY_DECIMALS)) : null;
        }
        if (type == Percent.class) {
            return node.isNumber() ? new Percent(exactly(node, PERCENT_DECIMALS)) : null;
        }
        if (!node.isString() || !matches(node.stringValue(), schema)) {
            return null;
        }
        final String text = node.stringValue();
        if (type == Duration.class) {
            return duration(text, schema);
        }
        if (type == Size.class) {
            return size(text, schema);
        }
        if (type == Secret.class) {
            return secret(text);
        }
        if (type == Path.class) {
            return path(text, schema);
        }
        if (type == Endpoint.class) {
            return endpoint(text);
        }
        return type == Cidr.class ? cidr(text) : zone(text);
    }

    private static boolean matches(final String text, final SchemaNode schema) {
        final Optional<JsonNode> pattern = schema.annotation("pattern");
        return pattern.isEmpty() || text.matches(pattern.get().stringValue());
    }

    /** A number times ten to the power of its most decimals; one beyond an int is none, and the schema has said so. */
    private static int exactly(final JsonNode node, final int decimals) throws Unreadable {
        if (Double.isInfinite(node.doubleValue())) {
            return 0;
        }
        // A double of up to 15 digits gives back the digits that were written.
        final BigDecimal value = node.decimalValue().movePointRight(decimals).stripTrailingZeros();
        if (value.scale() > 0) {
            throw new Unreadable(BAD_VALUE, node.asString() + " has more than " + decimals + " decimals", "round it");
        }
        return value.signum() < 0 || value.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0
                ? 0
                : value.intValueExact();
    }

    private static Duration duration(final String text, final SchemaNode schema) throws Unreadable {
        final Duration value = Quantities.duration(text);
        final Optional<String> min = limit(schema, "x-minimum");
        final Optional<String> max = limit(schema, "x-maximum");
        final boolean tooShort = min.isPresent() && value.compareTo(Quantities.duration(min.get())) < 0;
        if (tooShort || value.compareTo(max.map(Quantities::duration).orElse(LONGEST)) > 0) {
            throw outOfRange(text, min.orElse("0s"), max.orElse("3650d"), schema);
        }
        return value;
    }

    private static Size size(final String text, final SchemaNode schema) throws Unreadable {
        final Size value = Quantities.size(text);
        final Optional<String> min = limit(schema, "x-minimum");
        final Optional<String> max = limit(schema, "x-maximum");
        final String most = max.orElse("16384GiB");
        final boolean tooSmall =
                min.isPresent() && value.bytes() < Quantities.size(min.get()).bytes();
        if (tooSmall || value.bytes() > Quantities.size(most).bytes()) {
            throw outOfRange(text, min.orElse("0B"), most, schema);
        }
        return value;
    }

    private static Optional<String> limit(final SchemaNode schema, final String keyword) {
        return schema.annotation(keyword).map(JsonNode::stringValue);
    }

    private static Unreadable outOfRange(
            final String text, final String min, final String max, final SchemaNode schema) {
        return new Unreadable(OUT_OF_RANGE, text + " is outside " + min + ".." + max, schema.description());
    }

    private Secret secret(final String reference) throws Unreadable {
        try {
            return secrets.resolve(reference);
        } catch (SecretSource.Refused e) {
            throw new Unreadable(e.code(), e.getMessage(), e.remedy());
        }
    }

    private Path path(final String text, final SchemaNode schema) throws Unreadable {
        final Path path = directory.resolve(text).toAbsolutePath().normalize();
        if (schema.definitionName().equals("file") && !Files.isReadable(path)) {
            throw new Unreadable(
                    FILE_MISSING,
                    text + (Files.exists(path) ? " cannot be read" : " is not there"),
                    "this user must be able to read " + path);
        }
        return path;
    }

    private static Endpoint endpoint(final String text) throws Unreadable {
        final int colon = text.lastIndexOf(':');
        final int port = Integer.parseInt(text.substring(colon + 1));
        if (port > 0xFFFF) {
            throw new Unreadable(OUT_OF_RANGE, "port " + port + " is outside 0..65535", "write host:port");
        }
        final String host = text.substring(0, colon);
        return new Endpoint(host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
    }

    private static Cidr cidr(final String text) throws Unreadable {
        try {
            return Cidr.parse(text);
        } catch (IllegalArgumentException e) {
            throw new Unreadable(
                    BAD_VALUE,
                    "`" + text + "` is not a block of addresses: " + e.getMessage(),
                    "write 10.1.0.0/16, 2001:db8::/32, or one address");
        }
    }

    private static ZoneId zone(final String text) throws Unreadable {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            final List<String> known = List.copyOf(ZoneId.getAvailableZoneIds());
            throw new Unreadable(
                    BAD_VALUE,
                    "`" + text + "` is not a time zone",
                    Nearest.didYouMean(text, known, "write UTC, +02:00, or a name such as Europe/Madrid"));
        }
    }

    private static ErrorCode error(final JsonNode node) throws Unreadable {
        final String text = node.asString();
        for (final ErrorCode code : ErrorCode.values()) {
            if (code != ErrorCode.NONE
                    && (node.isNumber()
                            ? code.number() == node.asInt()
                            : code.name().equals(text))) {
                return code;
            }
        }
        final List<String> names =
                Arrays.stream(ErrorCode.values()).map(Enum::name).toList();
        throw new Unreadable(
                BAD_VALUE,
                "`" + text + "` is not an error",
                Nearest.didYouMean(text, names, "all of them: docs/reference/error-codes.md"));
    }

    private static Object constant(final JsonNode node, final Class<?> type) {
        final String text = node.isNumber() ? Double.toString(node.doubleValue()) : node.asString();
        for (final Object constant : type.getEnumConstants()) {
            if (constant.toString().equals(text) || word((Enum<?>) constant).equals(text)) {
                return constant;
            }
        }
        return null;
    }

    /** How a constant is written: {@code wait-for-receipt}. */
    static String word(final Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
