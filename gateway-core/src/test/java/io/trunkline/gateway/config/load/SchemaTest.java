package io.trunkline.gateway.config.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.trunkline.gateway.config.BillingSettings;
import io.trunkline.gateway.config.Carrier;
import io.trunkline.gateway.config.Gateway;
import io.trunkline.gateway.config.Routing;
import io.trunkline.gateway.config.RoutingPlan;
import io.trunkline.gateway.config.Tenant;
import io.trunkline.gateway.config.TrafficLimit;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The schemas and the records say the same, and every key is described. */
class SchemaTest {
    @Test
    void everyKeyOfTheSchemaIsAComponentAndEveryComponentAKey() {
        compare(Gateway.class, SchemaNode.of("gateway"), "gateway.yaml");
        compare(Tenant.class, SchemaNode.of("tenants").at("/tenants/0").orElseThrow(), "tenants.yaml");
        compare(Carrier.class, SchemaNode.of("carriers").at("/carriers/0").orElseThrow(), "carriers.yaml");
        compare(
                Routing.NumberRules.class,
                SchemaNode.of("routing").at("/numbers").orElseThrow(),
                "routing.yaml");
        compare(TrafficLimit.class, SchemaNode.of("limits").at("/limits/0").orElseThrow(), "limits.yaml");
        compare(RoutingPlan.Way.class, SchemaNode.of("routing").at("/ways/x").orElseThrow(), "way");
        compare(
                RoutingPlan.Window.class,
                SchemaNode.of("routing").at("/windows/x").orElseThrow(),
                "window");
        compare(
                RoutingPlan.ClassPolicy.class,
                SchemaNode.of("routing").at("/policies/0").orElseThrow(),
                "policy");
        compare(RoutingPlan.Rule.class, SchemaNode.of("routing").at("/rules/0").orElseThrow(), "rule");
        compare(
                RoutingPlan.Quality.class,
                SchemaNode.of("routing").at("/quality").orElseThrow(),
                "quality");
        compare(BillingSettings.class, SchemaNode.of("billing"), "billing.yaml");
    }

    private static void compare(final Class<?> type, final SchemaNode schema, final String where) {
        final List<String> components = Arrays.stream(type.getRecordComponents())
                .map(component -> Binder.keyOf(component, schema))
                .toList();
        assertThat(schema.keys()).as(where).containsExactlyInAnyOrderElementsOf(components);
        for (final RecordComponent component : type.getRecordComponents()) {
            final String key = Binder.keyOf(component, schema);
            final SchemaNode child = schema.key(key).orElseThrow();
            final String path = where + " " + key;
            assertThat(child.description()).as(path).isNotBlank();
            final boolean optional = component.getType() == Optional.class;
            assertThat(schema.required(key) || child.defaultValue().isPresent())
                    .as("%s is required or has a default, unless it may be absent", path)
                    .isEqualTo(!optional);
            final Class<?> nested = recordIn(component.getGenericType());
            if (nested != null
                    && nested.getPackage() == type.getPackage()
                    && !child.keys().isEmpty()) {
                compare(nested, child, path);
            } else if (nested != null
                    && child.items().isPresent()
                    && !child.items().get().keys().isEmpty()) {
                compare(nested, child.items().get(), path);
            }
        }
    }

    private static Class<?> recordIn(final Type type) {
        if (type instanceof ParameterizedType generic) {
            return recordIn(generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1]);
        }
        return ((Class<?>) type).isRecord() ? (Class<?>) type : null;
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "tenants", "carriers", "routing", "limits", "billing"})
    void everySampleNamesItsSchemaForEditors(final String name) throws Exception {
        final String first = Files.readAllLines(SampleConfig.REFERENCE.resolve(name + ".yaml"))
                .get(0);
        assertThat(first).isEqualTo("# yaml-language-server: $schema=schema/" + name + ".json");
        assertThat(SampleConfig.REFERENCE.resolve("schema/" + name + ".json")).isRegularFile();
    }
}
