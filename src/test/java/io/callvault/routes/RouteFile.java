// SPDX-License-Identifier: Apache-2.0
package io.callvault.routes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * A file of {@code routes/}.
 *
 * @param name relative to {@code routes/}
 * @param tree what it says
 */
record RouteFile(String name, JsonNode tree) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    static RouteFile of(String name, String text) {
        Object yaml = new Load(LoadSettings.builder().build()).loadFromString(text);
        return new RouteFile(name, MAPPER.valueToTree(yaml));
    }

    boolean isKamelet() {
        return name.endsWith(".kamelet.yaml");
    }

    /** Where requests leave the house, and so where a library's exceptions may be caught; the operators' own steps are outside, too. */
    boolean isEdge() {
        return name.endsWith("gates.camel.yaml") || name.startsWith("alarm/") || name.equals("elsewhere.camel.yaml") || name.equals("own-steps.camel.yaml") || isKamelet();
    }

    List<JsonNode> routes() {
        return named("route");
    }

    List<JsonNode> configurations() {
        return named("routeConfiguration");
    }

    private List<JsonNode> named(String key) {
        List<JsonNode> found = new ArrayList<>();
        if (tree.isArray()) {
            tree.forEach(each -> {
                if (each.has(key)) {
                    found.add(each.get(key));
                }
            });
        }
        return found;
    }

    /** Every member of every object below, with its name. */
    static void walk(JsonNode node, BiConsumer<String, JsonNode> each) {
        if (node.isObject()) {
            node.properties().forEach(member -> {
                each.accept(member.getKey(), member.getValue());
                walk(member.getValue(), each);
            });
        } else {
            node.forEach(element -> walk(element, each));
        }
    }

    /** Every value of this name below. */
    static List<JsonNode> all(JsonNode node, String name) {
        List<JsonNode> found = new ArrayList<>();
        walk(node, (key, value) -> {
            if (key.equals(name)) {
                found.add(value);
            }
        });
        return found;
    }

    /** Every text below. */
    static List<String> texts(JsonNode node) {
        List<String> found = new ArrayList<>();
        if (node.isTextual()) {
            found.add(node.textValue());
        }
        node.forEach(child -> found.addAll(texts(child)));
        return found;
    }
}
