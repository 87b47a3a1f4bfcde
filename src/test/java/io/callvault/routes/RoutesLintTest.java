// SPDX-License-Identifier: Apache-2.0
package io.callvault.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callvault.engine.AlarmWebhook;
import io.callvault.exchange.Variables;
import io.callvault.flow.ContentSteps;
import io.callvault.flow.GateDoor;
import io.callvault.flow.Listing;
import io.callvault.flow.OwnSteps;
import io.callvault.flow.Parts;
import io.callvault.flow.Service;
import io.callvault.flow.StoreSteps;
import io.callvault.gate.GateWatch;
import io.callvault.gate.Gates;
import io.callvault.provider.Answers;
import io.callvault.provider.Elsewhere;
import io.callvault.provider.House;
import io.callvault.provider.Provider;
import io.callvault.provider.ProviderFixture;
import io.callvault.provider.ProviderParts;
import io.callvault.provider.ringcentral.RingcentralFixture;
import io.callvault.testing.FlyingTime;
import io.callvault.testing.HandAlarm;
import io.callvault.testing.SettableClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file in {@code routes/}, and for each rule a bad example that it bites. */
class RoutesLintTest {

    private static final Path ROUTES = Path.of("routes");
    private static final Path MAIN = Path.of("src/main/java/io/callvault");
    private static final Instant NOW = Instant.parse("2026-03-12T17:00:00Z");

    @Test
    void nothing_is_wrong_with_the_shipped_routes() throws ReflectiveOperationException {
        assertThat(shipped(files(ROUTES)).problems()).isEmpty();
    }

    @Test
    void the_shipped_routes_start(@TempDir Path home) {
        try (FlyingTime time = new FlyingTime(NOW);
                ProviderFixture service = new RingcentralFixture()) {
            assertThat(new House(home, time, service.open(time.clock(), true)).pass().isGood())
                    .isTrue();
        }
    }

    @Test
    void every_variable_that_java_names_exists() {
        Set<String> named = new TreeSet<>();
        Pattern literal = Pattern.compile("@Variable\\(\"([^\"]*)\"\\)");
        sources(MAIN).forEach(source -> {
            Matcher name = literal.matcher(source);
            while (name.find()) {
                named.add(name.group(1));
            }
        });
        assertThat(variables().values()).containsAll(named);
    }

    static Stream<Bad> bad() {
        String good = "- route: { id: a, description: A., errorHandler: { noErrorHandler: {} },"
                + " from: { uri: \"direct:a\", steps: [ %s ] } }\n";
        List<Bad> all = new ArrayList<>();
        all.add(new Bad("x.camel.yaml", good.formatted("") + good.formatted(""), "route a is there twice"));
        all.add(new Bad(
                "x.camel.yaml",
                "- route: { id: b, description: B., from: { uri: \"direct:a\", steps: [ ] } }",
                "route b is not called like direct:a"));
        all.add(new Bad(
                "x.camel.yaml",
                "- route: { id: a, from: { uri: \"direct:a\", steps: [ ] } }",
                "route a has no description"));
        all.add(new Bad(
                "x.camel.yaml",
                good.formatted("{ stop: {} },".repeat(10) + "{ stop: {} }"),
                "route a has more than 10 steps"));
        all.add(new Bad(
                "x.camel.yaml",
                "- route: { id: a, description: A., routeConfigurationId: none, from: { uri: \"direct:a\", steps: [ ] } }",
                "names the configuration none, which does not exist"));
        all.add(new Bad("x.camel.yaml", good.formatted("{ to: \"direct:none\" }"), "nobody listens to direct:none"));
        all.add(new Bad(
                "x.camel.yaml", good.formatted("{ toD: \"direct:${variable.provider}-x\" }"), "nobody listens to direct:p-x"));
        all.add(new Bad("x.camel.yaml", good.formatted("").replace("direct:a", "direct:z").replace("id: a", "id: z"),
                "nobody calls direct:z"));
        all.add(new Bad(
                "x.camel.yaml", good.formatted("{ log: \"${variable.nmae}\" }"), "there is no variable nmae"));
        all.add(new Bad(
                "x.camel.yaml",
                good.formatted("{ setVariable: { name: nmae, constant: x } }"),
                "there is no variable nmae"));
        all.add(new Bad("x.camel.yaml", good.formatted(""), "nobody uses the variable unused"));
        all.add(new Bad(
                "x.camel.yaml",
                good.formatted("{ setHeader: { name: customer, constant: x } }"),
                "header customer is no protocol's"));
        all.add(new Bad(
                "x.camel.yaml",
                good.formatted("{ to: \"https://example.com\" }"),
                "https://example.com leaves the house past the gates"));
        all.add(new Bad(
                "p/gates.camel.yaml",
                good.formatted("{ to: { uri: \"http:example.com\", parameters: { throwExceptionsOnFailure: false } } }"),
                "throwExceptionsOnFailure"));
        all.add(new Bad(
                "x.camel.yaml",
                "- routeConfiguration: { id: c, onException: [ { onException: {"
                        + " exception: [ io.callvault.error.WaitException ], handled: { constant: \"true\" } } } ] }",
                "handled hides a failure"));
        all.add(new Bad(
                "x.camel.yaml",
                "- routeConfiguration: { id: c, onException: [ { onException: {"
                        + " exception: [ java.io.IOException ] } } ] }",
                "onException of java.io.IOException, which is not ours"));
        all.add(new Bad(
                "x.camel.yaml",
                good.formatted("{ doTry: { steps: [ { stop: {} } ], doCatch: [ { exception: [ java.lang.Exception ],"
                        + " steps: [ { stop: {} } ] } ] } }"),
                "doCatch of java.lang.Exception, which is not ours"));
        all.add(new Bad(
                "x.camel.yaml",
                "- route: { id: a, description: A., from: { uri: \"direct:a\", steps: [ { to: \"direct:b\" } ] } }\n"
                        + "- route: { id: b, description: B., from: { uri: \"direct:b\", steps: [ ] } }",
                "route b has an error handler and is called by a, which has one too"));
        all.add(new Bad(
                "x.camel.yaml",
                good.formatted("{ throttle: { expression: { constant: \"1\" } } }"),
                "throttle outside a gate"));
        all.add(new Bad("x.camel.yaml", good.formatted("{ bean: { ref: nobody, method: x } }"), "there is no bean nobody"));
        all.add(new Bad(
                "x.camel.yaml", good.formatted("{ bean: { ref: text, method: shout } }"), "bean text has no method shout"));
        all.add(new Bad("x.camel.yaml", good.formatted("{ tuo: \"direct:a\" }"), "tuo"));
        String kamelet = "metadata: { name: store-x }\nspec: { definition: { properties: { directory: { %s } } },"
                + " template: { from: { uri: \"kamelet:source\", steps: [ { log: \"%s\" } ] } } }";
        all.add(new Bad(
                "store/store-x.kamelet.yaml",
                kamelet.formatted("type: string", "{{directory}}"),
                "property directory has no description"));
        all.add(new Bad(
                "store/store-x.kamelet.yaml",
                kamelet.formatted("description: Where.", "x"),
                "property directory is not used"));
        all.add(new Bad(
                "store/store-x.kamelet.yaml",
                kamelet.formatted("description: Where.", "{{directory}} {{dir}}"),
                "property dir is not declared"));
        all.add(new Bad(
                "store/store-y.kamelet.yaml",
                kamelet.formatted("description: Where.", "{{directory}}"),
                "the Kamelet in it is called store-x"));
        all.add(new Bad(
                "store/store-x.kamelet.yaml",
                kamelet.formatted("description: Where.", "{{directory}}").replace("log:", "lgo:"),
                "lgo"));
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("bad")
    void a_bad_example_is_found(Bad bad) {
        RoutesLint lint = new RoutesLint(
                List.of(RouteFile.of(bad.name(), bad.text())),
                Set.of("provider", "unused"),
                Set.of("provider"),
                Set.of("a", "b"),
                Set.of(),
                Map.of("text", String.class),
                Map.of("provider", Set.of("p")));
        assertThat(lint.problems()).anyMatch(problem -> problem.contains(bad.problem()));
    }

    record Bad(String name, String text, String problem) {
        @Override
        public String toString() {
            return problem;
        }
    }

    private static RoutesLint shipped(List<RouteFile> files) throws ReflectiveOperationException {
        Map<String, JsonNode> providers = new TreeMap<>();
        for (Path folder : list(ROUTES)) {
            Path declaration = folder.resolve("provider.yaml");
            if (Files.exists(declaration)) {
                providers.put(
                        folder.getFileName().toString(),
                        RouteFile.of("provider.yaml", text(declaration)).tree());
            }
        }
        Map<String, Class<?>> beans = new HashMap<>(Map.of(
                "alarmWebhook", AlarmWebhook.class,
                "gate", GateDoor.class,
                "answers", Answers.class,
                "elsewhere", Elsewhere.class,
                "ownSteps", OwnSteps.class,
                "parts", Parts.class,
                "listing", Listing.class,
                "content", ContentSteps.class,
                "service", Service.class,
                "storing", StoreSteps.class));
        Set<String> called = new HashSet<>(called(providers));
        Map<String, Set<String>> values = new HashMap<>();
        values.put("provider", providers.keySet());
        values.put("target", Set.of("t"));
        for (Map.Entry<String, JsonNode> each : providers.entrySet()) {
            Provider provider = provider(each.getValue().get("class").asText());
            beans.put(each.getKey(), provider.getClass());
            provider.beans().forEach((name, bean) -> beans.put(name, bean.getClass()));
            Set<String> groups = new TreeSet<>();
            each.getValue().get("feeds").findValuesAsText("content").forEach(groups::add);
            values.put(each.getKey() + "-group", groups);
            // An item goes through the gate of its group; a feed to come may use any that is declared.
            each.getValue().get("groups").fieldNames().forEachRemaining(group -> called.add(each.getKey() + "-" + group));
        }
        return new RoutesLint(
                files,
                new HashSet<>(variables().values()),
                usedByJava(),
                called,
                Set.of("store-t"), // made for each target
                beans,
                values);
    }

    /** Names that Java sends to: whole ones, and endings behind a provider's name; a feed's name is declared. */
    private static Set<String> called(Map<String, JsonNode> providers) {
        Set<String> called = new HashSet<>();
        Pattern literal = Pattern.compile("\"(?:direct:)?(-?[a-z][a-z-]*)\"");
        Stream.concat(sources(MAIN.resolve("flow")).stream(), sources(MAIN.resolve("engine")).stream())
                .forEach(source -> {
                    Matcher name = literal.matcher(source);
                    while (name.find()) {
                        String text = name.group(1);
                        called.add(text);
                        providers.keySet().forEach(provider -> called.add(provider + text));
                    }
                });
        providers.forEach((provider, declaration) ->
                declaration.get("feeds").properties().forEach(feed -> {
                    called.add(provider + "-" + feed.getKey());
                    called.add(provider + "-" + feed.getValue().path("parts").asText());
                    called.add(provider + "-" + feed.getValue().path("fallback").asText());
                }));
        return called;
    }

    private static Provider provider(String name) throws ReflectiveOperationException {
        SettableClock clock = new SettableClock(NOW);
        ProviderParts parts = new ProviderParts(
                clock,
                new Gates(clock, new HandAlarm(clock), Runnable::run, GateWatch.NONE),
                (provider, lane) -> new CompletableFuture<>(),
                pause -> new CompletableFuture<>());
        return (Provider) Class.forName(name).getConstructor(ProviderParts.class).newInstance(parts);
    }

    /** Values of the constants by name. */
    private static Map<String, String> variables() {
        Map<String, String> found = new TreeMap<>();
        Stream.of(Variables.class.getFields()).forEach(field -> {
            try {
                found.put(field.getName(), (String) field.get(null));
            } catch (IllegalAccessException e) {
                throw new AssertionError(e);
            }
        });
        return found;
    }

    private static Set<String> usedByJava() {
        Set<String> used = new HashSet<>();
        List<String> sources = sources(MAIN);
        variables().forEach((constant, value) -> {
            Pattern use = Pattern.compile("\\bVariables\\." + constant + "\\b|@Variable\\(\"" + value + "\"\\)");
            if (sources.stream().anyMatch(source -> use.matcher(source).find())) {
                used.add(value);
            }
        });
        return used;
    }

    private static List<RouteFile> files(Path folder) {
        List<RouteFile> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(file -> file.toString().endsWith(".yaml"))
                    .filter(file -> !file.endsWith("provider.yaml"))
                    .sorted()
                    .forEach(file -> files.add(RouteFile.of(folder.relativize(file).toString(), text(file))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThat(files).isNotEmpty();
        return files;
    }

    private static List<String> sources(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .map(RoutesLintTest::text)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
