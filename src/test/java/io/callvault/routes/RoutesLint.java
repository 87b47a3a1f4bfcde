// SPDX-License-Identifier: Apache-2.0
package io.callvault.routes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;

/**
 * What Camel lets pass in silence.
 *
 * @param files all of {@code routes/}
 * @param variables names that exist
 * @param used of those, what Java uses
 * @param called {@code direct:} names that Java calls
 * @param provided {@code direct:} names that Java provides
 * @param beans names and classes of the beans
 * @param values what a variable may be in an address, by name; by what stands before it and its name where that matters
 */
record RoutesLint(
        List<RouteFile> files,
        Set<String> variables,
        Set<String> used,
        Set<String> called,
        Set<String> provided,
        Map<String, Class<?>> beans,
        Map<String, Set<String>> values) {

    static final int STEPS = 10;

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{variable[.:]([A-Za-z0-9_-]+)");
    private static final Pattern PROPERTY = Pattern.compile("\\{\\{\\??([A-Za-z0-9._-]+)(:[^}]*)?}}");
    private static final Set<String> PROTOCOL_HEADERS = Set.of(
            "Accept", "Accept-Encoding", "Authorization", "Content-Type", "Range", "User-Agent", "To", "From", "Subject",
            "Auto-Submitted");
    private static final Set<String> SENDING = Set.of("to", "toD", "wireTap", "enrich", "pollEnrich");
    private static final Set<String> BLOCKS =
            Set.of("doTry", "choice", "when", "otherwise", "split", "loop", "filter", "multicast", "pipeline");
    private static final Set<String> WEB = Set.of("http", "https", "netty-http", "vertx-http", "rest", "undertow", "jetty");
    private static final JsonSchema SCHEMA = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
            .getSchema(RoutesLint.class.getResourceAsStream("/schema/camelYamlDsl.json"));
    private static final DefaultCamelCatalog CATALOG = new DefaultCamelCatalog();

    /** Everything that is wrong, one sentence each. */
    List<String> problems() {
        List<String> found = new ArrayList<>();
        routes(found);
        addresses(found);
        variables(found);
        handlers(found);
        for (RouteFile file : files) {
            headers(file, found);
            beans(file, found);
            schema(file, found);
            if (file.isKamelet()) {
                kamelet(file, found);
            }
        }
        return found;
    }

    private void routes(List<String> found) {
        Set<String> ids = new HashSet<>();
        Set<String> configurations = new HashSet<>();
        files.forEach(file -> file.configurations().forEach(each -> {
            if (!configurations.add(each.path("id").asText())) {
                found.add(file.name() + ": configuration " + each.path("id").asText() + " is there twice");
            }
        }));
        for (RouteFile file : files) {
            for (JsonNode route : file.routes()) {
                String id = route.path("id").asText();
                String at = file.name() + ": route " + id + " ";
                if (!ids.add(id)) {
                    found.add(at + "is there twice");
                }
                String from = route.at("/from/uri").asText();
                if (from.startsWith("direct:") && !from.equals("direct:" + id)) {
                    found.add(at + "is not called like " + from);
                }
                if (route.path("description").asText().isBlank()) {
                    found.add(at + "has no description");
                }
                if (steps(route.at("/from/steps")) > STEPS) {
                    found.add(at + "has more than " + STEPS + " steps");
                }
                String configuration = route.path("routeConfigurationId").asText("");
                if (!configuration.isEmpty() && !configurations.contains(configuration)) {
                    found.add(at + "names the configuration " + configuration + ", which does not exist");
                }
            }
        }
    }

    /** Steps of the ordinary way: a block counts as what is in it, and what a doCatch does is not counted. */
    private static int steps(JsonNode steps) {
        int count = 0;
        for (JsonNode step : steps) {
            for (Map.Entry<String, JsonNode> each : step.properties()) {
                count += BLOCKS.contains(each.getKey()) ? inner(each.getValue()) : 1;
            }
        }
        return count;
    }

    private static int inner(JsonNode block) {
        int count = steps(block.path("steps"));
        for (JsonNode when : block.path("when")) {
            count += steps(when.path("steps"));
        }
        return count + steps(block.path("otherwise").path("steps"));
    }

    private void addresses(List<String> found) {
        Set<String> consumers = new HashSet<>(provided);
        files.forEach(file -> RouteFile.all(file.tree(), "from").forEach(from -> {
            String uri = from.path("uri").asText();
            if (uri.startsWith("direct:")) {
                consumers.add(uri.substring(7));
            }
        }));
        Set<String> reached = new HashSet<>(called);
        for (RouteFile file : files) {
            RouteFile.walk(file.tree(), (key, value) -> {
                if (SENDING.contains(key)) {
                    String uri = value.isTextual() ? value.textValue() : value.path("uri").asText();
                    address(file, uri, value.path("parameters"), consumers, reached, found);
                }
            });
        }
        for (RouteFile file : files) {
            for (JsonNode route : file.routes()) {
                String id = route.path("id").asText();
                if (route.at("/from/uri").asText().startsWith("direct:") && !reached.contains(id)) {
                    found.add(file.name() + ": nobody calls direct:" + id);
                }
            }
        }
    }

    private void address(
            RouteFile file,
            String uri,
            JsonNode parameters,
            Set<String> consumers,
            Set<String> reached,
            List<String> found) {
        String scheme = uri.split(":")[0];
        if (WEB.contains(scheme) && !file.isEdge()) {
            found.add(file.name() + ": " + uri + " leaves the house past the gates");
        }
        if (scheme.equals("direct")) {
            for (String name : expanded(uri.substring(7))) {
                reached.add(name);
                if (!consumers.contains(name)) {
                    found.add(file.name() + ": nobody listens to direct:" + name);
                }
            }
        } else if (!uri.contains("${") && !scheme.equals("kamelet")) {
            List<String> options = new ArrayList<>();
            parameters.properties().forEach(each -> options.add(each.getKey() + "=" + each.getValue().asText()));
            String whole = options.isEmpty() ? uri : uri + (uri.contains("?") ? "&" : "?") + String.join("&", options);
            EndpointValidationResult result = CATALOG.validateEndpointProperties(whole, true);
            if (!result.isSuccess()) {
                found.add(file.name() + ": " + uri + ": " + result.summaryErrorMessage(false).strip());
            }
        }
    }

    private Set<String> expanded(String name) {
        Matcher variable = Pattern.compile("\\$\\{variable\\.([A-Za-z0-9]+)}").matcher(name);
        if (!variable.find()) {
            return Set.of(name);
        }
        Set<String> all = new TreeSet<>();
        String before = name.substring(0, variable.start());
        Set<String> any = values.getOrDefault(variable.group(1), Set.of("?"));
        for (String value : values.getOrDefault(before + variable.group(1), any)) {
            all.addAll(expanded(before + value + name.substring(variable.end())));
        }
        return all;
    }

    private void variables(List<String> found) {
        Set<String> seen = new HashSet<>(used);
        for (RouteFile file : files) {
            Set<String> here = new TreeSet<>();
            RouteFile.texts(file.tree()).forEach(text -> {
                Matcher variable = VARIABLE.matcher(text);
                while (variable.find()) {
                    here.add(variable.group(1));
                }
            });
            RouteFile.walk(file.tree(), (key, value) -> {
                if (key.equals("setVariable") || key.equals("removeVariable")) {
                    here.add(value.path("name").asText());
                } else if (Set.of("variable", "variableSend", "variableReceive").contains(key) && value.isTextual()) {
                    here.add(value.textValue());
                }
            });
            here.stream()
                    .filter(name -> !variables.contains(name))
                    .forEach(name -> found.add(file.name() + ": there is no variable " + name));
            seen.addAll(here);
        }
        variables.stream()
                .filter(name -> !seen.contains(name))
                .forEach(name -> found.add("nobody uses the variable " + name));
    }

    private void handlers(List<String> found) {
        Map<String, JsonNode> handled = new HashMap<>();
        for (RouteFile file : files) {
            RouteFile.walk(file.tree(), (key, value) -> {
                String at = file.name() + ": ";
                if (key.equals("handled") && !RouteFile.texts(value).equals(List.of("false")) && !value.asText().equals("false")) {
                    found.add(at + "handled hides a failure");
                }
                if (key.equals("continued") && !value.asText().equals("false")) {
                    found.add(at + "continued hides a failure");
                }
                if (key.equals("throttle") && !file.name().endsWith("gates.camel.yaml")) {
                    found.add(at + "throttle outside a gate");
                }
                boolean isHandler = key.equals("onException") && value.isObject();
                boolean isCatch = key.equals("doCatch");
                if (isHandler || isCatch) {
                    RouteFile.all(value, "exception").forEach(names -> RouteFile.texts(names).forEach(name -> {
                        if (!name.startsWith("io.callvault.error.") && (isHandler || !file.isEdge())) {
                            found.add(at + key + " of " + name + ", which is not ours");
                        }
                    }));
                }
            });
            file.routes().forEach(route -> handled.put(route.path("id").asText(), route));
        }
        handled.forEach((id, route) -> {
            if (hasHandler(route)) {
                nested(id, route, handled, new HashSet<>(), found);
            }
        });
    }

    private static boolean hasHandler(JsonNode route) {
        return !route.path("errorHandler").has("noErrorHandler");
    }

    /** What an inner handler has given up is given up for all; so of the routes on a way one may have a handler. */
    private void nested(
            String outer, JsonNode route, Map<String, JsonNode> routes, Set<String> seen, List<String> found) {
        RouteFile.walk(route, (key, value) -> {
            String uri = value.isTextual() ? value.textValue() : value.path("uri").asText();
            if (!SENDING.contains(key) || !uri.startsWith("direct:")) {
                return;
            }
            for (String name : expanded(uri.substring(7))) {
                JsonNode inner = routes.get(name);
                if (inner != null && seen.add(name)) {
                    if (hasHandler(inner)) {
                        found.add("route " + name + " has an error handler and is called by " + outer + ", which has one too");
                    }
                    nested(outer, inner, routes, seen, found);
                }
            }
        });
    }

    private void headers(RouteFile file, List<String> found) {
        RouteFile.walk(file.tree(), (key, value) -> {
            List<JsonNode> set = key.equals("setHeader") ? List.of(value) : List.of();
            if (key.equals("setHeaders")) {
                set = RouteFile.all(value, "headers").stream()
                        .flatMap(all -> all.findParents("name").stream())
                        .toList();
            }
            set.stream()
                    .map(each -> each.path("name").asText())
                    .filter(name -> !name.startsWith("Camel") && !PROTOCOL_HEADERS.contains(name))
                    .forEach(name -> found.add(file.name() + ": header " + name + " is no protocol's"));
        });
    }

    private void beans(RouteFile file, List<String> found) {
        RouteFile.walk(file.tree(), (key, value) -> {
            if ((key.equals("bean") || key.equals("method")) && value.has("ref")) {
                Class<?> bean = beans.get(value.get("ref").asText());
                String method = value.path("method").asText();
                if (bean == null) {
                    found.add(file.name() + ": there is no bean " + value.get("ref").asText());
                } else if (Arrays.stream(bean.getMethods()).noneMatch(each -> each.getName().equals(method))) {
                    found.add(file.name() + ": bean " + value.get("ref").asText() + " has no method " + method);
                }
            }
        });
    }

    private void schema(RouteFile file, List<String> found) {
        JsonNode tree = file.tree();
        if (file.isKamelet()) {
            ObjectNode template = tree.at("/spec/template").deepCopy();
            template.put("id", file.name());
            ArrayNode list = MAPPER.createArrayNode();
            list.addObject().set("routeTemplate", template);
            tree = list;
        }
        SCHEMA.validate(tree).forEach(message -> found.add(file.name() + ": " + message.getMessage()));
    }

    private void kamelet(RouteFile file, List<String> found) {
        JsonNode properties = file.tree().at("/spec/definition/properties");
        Set<String> wanted = new TreeSet<>();
        try {
            Matcher property = PROPERTY.matcher(MAPPER.writeValueAsString(file.tree().at("/spec/template")));
            while (property.find()) {
                wanted.add(property.group(1));
            }
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(file.name(), e);
        }
        properties.properties().forEach(each -> {
            if (each.getValue().path("description").asText().isBlank()) {
                found.add(file.name() + ": property " + each.getKey() + " has no description");
            }
            if (!wanted.contains(each.getKey())) {
                found.add(file.name() + ": property " + each.getKey() + " is not used");
            }
        });
        file.tree().at("/spec/template/beans").forEach(bean -> wanted.remove(bean.path("name").asText()));
        wanted.stream()
                .filter(name -> !name.equals("routeId") && !properties.has(name))
                .forEach(name -> found.add(file.name() + ": property " + name + " is not declared"));
        String name = file.tree().at("/metadata/name").asText();
        if (!file.name().equals("store/" + name + ".kamelet.yaml")) {
            found.add(file.name() + ": the Kamelet in it is called " + name);
        }
    }
}
