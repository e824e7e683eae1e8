package io.trunkline.gateway.config.load;

import io.trunkline.gateway.config.ConfigProblem;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Writes {@code docs/reference/configuration.md} from the schemas. */
final class ConfigurationPage {
    private final StringBuilder out = new StringBuilder();

    static String generate() {
        return new ConfigurationPage().page();
    }

    private String page() {
        out.append("# Configuration\n\n");
        out.append("Generated from `conf/schema` by `ReferencePagesTest`; do not edit.\n\n");
        out.append("A configuration is a directory with the files below. It is wholly valid and applied, or wholly"
                + " refused: `trunkline check --conf DIR` lists every mistake as `file:line:col: code: message` with a"
                + " remedy, and exits with 2. `conf/` holds a commented example.\n\n");
        out.append("YAML files are strict YAML 1.2: an unknown key is refused, `yes` is a word and not `true`."
                + " Each begins with a line that tells editors its schema.\n\n");
        types();
        for (final String file : List.of("gateway", "tenants", "carriers", "routing", "limits", "billing")) {
            final SchemaNode schema = SchemaNode.of(file);
            out.append("## ")
                    .append(file)
                    .append(".yaml\n\n")
                    .append(schema.description())
                    .append("\n\n");
            out.append("| key | type | default | what it says |\n|---|---|---|---|\n");
            block("", schema);
            out.append('\n');
        }
        tables();
        codes();
        return out.toString();
    }

    private void types() {
        final SchemaNode common = SchemaNode.of("common");
        out.append("## Types\n\n| type | form |\n|---|---|\n");
        common.annotation("definitions").orElseThrow().forEachEntry((name, definition) -> {
            if (!definition.has("properties")) {
                row(name, definition.get("description").stringValue());
            }
        });
        out.append('\n');
    }

    private void block(final String path, final SchemaNode schema) {
        for (final String key : schema.keys()) {
            final SchemaNode child = schema.key(key).orElseThrow();
            final String name = path.isEmpty() ? key : path + "." + key;
            key(name, child, schema.required(key));
            block(name, child);
            child.key("NAME")
                    .filter(value -> !value.keys().isEmpty() && child.keys().isEmpty())
                    .ifPresent(value -> block(name + ".NAME", value));
            child.items().filter(items -> !items.keys().isEmpty()).ifPresent(items -> block(name + "[]", items));
        }
    }

    private void key(final String name, final SchemaNode schema, final boolean required) {
        row("`" + name + "`", type(schema), defaultOf(schema, required), schema.description());
    }

    private static String defaultOf(final SchemaNode schema, final boolean required) {
        if (required) {
            return "required";
        }
        final Optional<JsonNode> value = schema.defaultValue();
        if (value.isEmpty()) {
            return "absent";
        }
        return value.get().isObject() && value.get().isEmpty() ? "" : "`" + word(value.get()) + "`";
    }

    private static String word(final JsonNode value) {
        return value.isString() && !value.stringValue().isEmpty() ? value.stringValue() : value.toString();
    }

    private static String type(final SchemaNode schema) {
        if (schema.annotation("enum").isPresent()) {
            return schema.annotation("enum")
                    .orElseThrow()
                    .valueStream()
                    .map(word -> "`" + word.asString() + "`")
                    .collect(Collectors.joining(", "));
        }
        if (schema.items().isPresent()) {
            final SchemaNode items = schema.items().orElseThrow();
            return items.keys().isEmpty() ? "list of " + type(items) : "list";
        }
        if (!schema.keys().isEmpty()) {
            return "block";
        }
        final boolean plain = schema.definitionName().isEmpty()
                || schema.annotation("minimum").isPresent();
        return (plain ? plainType(schema) : schema.definitionName()) + range(schema);
    }

    private static String plainType(final SchemaNode schema) {
        final JsonNode type = schema.annotation("type").orElseThrow();
        final String name = type.isArray() ? "integer or `auto`" : type.stringValue();
        if (schema.definitionName().equals("errorCode")) {
            return "errorCode";
        }
        return name.equals("string") ? "text" : name.equals("object") ? "map" : name;
    }

    private static String range(final SchemaNode schema) {
        final String min = limit(schema, "minimum");
        final String max = limit(schema, "maximum");
        if (min.isEmpty() && max.isEmpty()) {
            return "";
        }
        return max.isEmpty() ? ", at least " + min : " " + min + ".." + max;
    }

    private static String limit(final SchemaNode schema, final String keyword) {
        return schema.annotation("x-" + keyword)
                .or(() -> schema.annotation(keyword))
                .map(JsonNode::asString)
                .orElse("");
    }

    private void tables() {
        out.append("""
                ## routes.csv

                UTF-8, RFC 4180; the first row names the columns, in any order; lines that begin with `#` and empty lines
                are passed over, and so are columns that are left out. The longest prefix wins; of equal ones those for the
                tenant, then those for its group, then those for all; and among these the one that names the class, then
                the kind, then the window. Rows that are equal in all this are offers side by side, and the policy of the
                tenant's group and the class chooses among them.

                | column | what it says |
                |---|---|
                | `prefix` | 1 to 15 digits as in E.164, or `*` for all numbers |
                | `carriers` | `alpha=70;beta=30\\|gamma`: tiers, tried in order, are parted by `\\|`; carriers of a tier share by weight 1..10000, 1 where none is written. Carriers, ways, or `@name`: a group of `routing.yaml` |
                | `tenant` | a tenant of `tenants.yaml`, or `@name`: all tenants of a group; empty: all |
                | `class` | `otp`, `transactional` or `bulk`; empty: all |
                | `kind` | `message` or `call`; empty: both |
                | `window` | a window of `routing.yaml`; empty: always |
                | `priority` | 0..10000, the greater first; 0 if empty |
                | `weight` | 1..10000, relative to other offers; 1 if empty |
                | `cost` | of a segment or a minute, up to six decimals; unknown if empty |

                Without the last three columns a second row for the same units is a mistake: nothing says how the two stand to
                each other.

                ## numbers.csv

                May be absent where there is no inbound traffic.

                | column | what it says |
                |---|---|
                | `number` | 3 to 15 digits: a number as in E.164, or a short code |
                | `tenant` | a tenant of `tenants.yaml`: inbound messages to the number are its |

                ## limits.csv

                May be absent. Amounts of single keys, in place of a limit's `segments`. Those of the columns are filled in
                that the limit counts by, and no others.

                | column | what it says |
                |---|---|
                | `limit` | a limit of `limits.yaml` |
                | `tenant` | a tenant of `tenants.yaml` |
                | `sender` | a number or name, as messages have it |
                | `network` | MCC-MNC, or `unknown` |
                | `campaign` | as messages have it |
                | `brand` | as in `campaigns.csv` |
                | `segments` | 1 to 1000000000 in the limit's period |

                ## campaigns.csv

                May be absent; then each campaign counts under its own name, and all are of no brand. Where it is there, a
                campaign that it does not list counts as none.

                | column | what it says |
                |---|---|
                | `campaign` | as messages have it |
                | `brand` | whose it is |

                ## networks.csv

                May be absent; then each network is `unknown`. A range may lie within another, then the inner one counts.

                | column | what it says |
                |---|---|
                | `from` | 1 to 15 digits that numbers begin with |
                | `to` | as many digits, not below `from`; empty or left out: as `from` |
                | `network` | MCC-MNC, such as `310-410`, or `unknown` |

                ## blocks.csv

                May be absent. A line of a safe list that fits sender or destination outweighs all lines that block.

                | column | what it says |
                |---|---|
                | `prefix` | 1 to 15 digits that destinations begin with; of senders up to 20 characters, upper and lower case alike |
                | `list` | `block` or `safe`; empty or left out: `block` |
                | `tenant` | a tenant of `tenants.yaml`; empty or left out: all |
                | `end` | `destination` or `sender`; empty or left out: `destination` |
                | `expires` | `2026-12-31T23:59:59Z`; empty or left out: never |
                | `reason` | for people |
                ## rates.csv

                May be absent; then nothing has a price. One rate a row. See docs/operating/billing.md for which one counts.

                | column | what it says |
                |---|---|
                | `kind` | `price` (a tenant pays it), `cost` (a carrier charges it), `fee` (the handset's network takes it on top, through the carrier) |
                | `for` | the tenant of a price, the carrier of a cost or a fee; `*` for all that have no row of their own that fits |
                | `service` | `mt` (to a handset), `mo` (from one), `call`, `call-in`; empty or left out: `mt` |
                | `prefix` | 1 to 15 digits as in E.164, or `*` for all numbers; for `mo` and `call-in` of the tenant's own number |
                | `network` | MCC-MNC of the handset's network: `234-15`; empty or left out: all |
                | `sender` | `number`, `short-code`, `alphanumeric`, or a class of `billing.yaml`; empty or left out: all |
                | `currency` | ISO 4217; one for all rates of a tenant, and one for costs and fees of a carrier |
                | `rate` | for a segment, or for sixty seconds of a call: up to six digits, a point, up to six decimals |
                | `from` | the first moment that it holds: a day or a local time of the zone, or a time with an offset |
                | `to` | the first moment that it holds no more; empty or left out: no end is known. Rows for the same case neither overlap nor leave a gap |
                | `version` | of the deck that it came with: up to 32 letters, digits, `.`, `_`, `-` |
                | `connect` | calls: owed once for each that is charged |
                | `free` | calls: seconds at the beginning; a call that is not longer is charged nothing |
                | `steps` | calls: least seconds and increment, `60/60`, `30/6`; empty or left out: `1/1` |

                """);
    }

    private void codes() {
        out.append("## What `check` says\n\nMistakes, which are never applied:\n\n");
        codes(false);
        out.append(
                "\nWarnings: it can be applied and is hardly meant so. With `check --strict` they count as mistakes:\n\n");
        codes(true);
    }

    private void codes(final boolean warning) {
        out.append("| code | meaning |\n|---|---|\n");
        for (final ConfigProblem.Code code : ConfigProblem.Code.values()) {
            if (code.warns() == warning) {
                row("`" + code.toString().toLowerCase(Locale.ROOT) + "`", code.text());
            }
        }
    }

    private void row(final String... cells) {
        for (final String cell : cells) {
            out.append("| ").append(cell.replace("|", "\\|")).append(' ');
        }
        out.append("|\n");
    }
}
