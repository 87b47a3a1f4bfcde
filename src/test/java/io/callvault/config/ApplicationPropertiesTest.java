// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The shipped application.properties is the manual: it and what the program declares are the same, both ways. */
class ApplicationPropertiesTest {

    private static final Path FILE = Path.of("application.properties");
    private static final Path ROUTES = Path.of("routes");
    private static final Pattern COMMENTED =
            Pattern.compile("(?m)^#((?:callvault|customer|target|gate|alarm)\\.\\S+) = ?(.*)$");

    private final Map<String, String> shipped = PropertiesFile.read(FILE).entries();
    private final Map<String, String> documented = documented();
    private final Declarations declarations = new Declarations(ROUTES, new Problems());

    private Map<String, String> documented() {
        Map<String, String> all = new LinkedHashMap<>(shipped);
        try {
            Matcher matcher = COMMENTED.matcher(Files.readString(FILE));
            while (matcher.find()) {
                assertThat(all.put(matcher.group(1), matcher.group(2)))
                        .as(matcher.group(1) + " stands once")
                        .isNull();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return all;
    }

    @Test
    void is_valid_as_shipped_without_a_customer() {
        Configuration configuration = new ConfigurationReader(null).read(FILE);

        assertThat(configuration.customers()).isEmpty();
        assertThat(configuration.warnings()).isEmpty();
        assertThat(configuration.providers()).containsKey("ringcentral");
    }

    @Test
    void holds_our_own_keys_with_their_defaults() {
        assertThat(ConsoleReader.withoutUsers(under("callvault.")).keySet()).isEqualTo(names(Keys.CALLVAULT));
        assertThat(under("callvault.console.user.ann.").keySet()).isEqualTo(names(Keys.CONSOLE_USER));
        assertDefaults("callvault.", Keys.CALLVAULT);
        assertThat(documented)
                .containsEntry("callvault.routes", "routes")
                .containsEntry("callvault.ledger", "jdbc:sqlite:data/ledger.db");
    }

    @Test
    void holds_the_keys_of_a_customer_and_of_every_provider_with_their_defaults() {
        Set<String> expected = names(Keys.CUSTOMER);
        expected.addAll(names(Keys.CUSTOMER_ALARM));
        assertDefaults("customer.acme.", Keys.CUSTOMER);
        for (ProviderDeclaration provider : declarations.providers().values()) {
            expected.addAll(provider.keys().keySet());
            assertDefaults(
                    "customer.acme.", List.copyOf(provider.keys().values()));
        }
        assertThat(under("customer.acme.").keySet()).isEqualTo(expected);
    }

    @Test
    void holds_the_keys_of_alarms_with_their_defaults_which_a_customer_may_set_too() {
        Set<String> expected = names(Keys.MAIL);
        expected.addAll(names(Keys.ALARM));
        assertThat(under("alarm.").keySet()).isEqualTo(expected);
        assertDefaults("alarm.", Keys.MAIL);
        assertDefaults("alarm.", Keys.ALARM);
        assertDefaults("customer.acme.alarm.", Keys.ALARM);
    }

    @Test
    void holds_every_gate_with_its_defaults() {
        Map<String, String> expected = new TreeMap<>();
        for (ProviderDeclaration provider : declarations.providers().values()) {
            for (ProviderDeclaration.Group group : provider.groups().values()) {
                String prefix = provider.provider() + "." + group.name();
                expected.put(prefix + ".limit", String.valueOf(group.limit()));
                expected.put(prefix + ".window", group.window().toSeconds() + "s");
                expected.put(prefix + ".share", "100%");
            }
        }
        assertThat(under("gate.")).isEqualTo(expected);
    }

    /** One target of every kind, with each property of its Kamelet at its default. */
    @Test
    void holds_every_kind_of_target_with_all_its_keys_and_their_defaults() {
        Map<String, Map<String, String>> targets = new TreeMap<>();
        under("target.").forEach((key, value) -> {
            int dot = key.indexOf('.');
            targets.computeIfAbsent(key.substring(0, dot), name -> new TreeMap<>())
                    .put(key.substring(dot + 1), value);
        });
        Set<String> shown = new TreeSet<>();
        targets.values().forEach(keys -> {
            TargetKind kind = declarations.kind(keys.remove("kind")).orElseThrow();
            assertThat(shown.add(kind.kind())).as(kind.kind() + " is shown once").isTrue();
            assertThat(keys.keySet()).isEqualTo(kind.keys().keySet());
            for (Key key : kind.keys().values()) {
                if (!key.required()) {
                    assertThat(keys).containsEntry(key.name(), key.defaultValue());
                }
            }
        });
        assertThat(shown).isEqualTo(new TreeSet<>(declarations.kinds()));
    }

    private Map<String, String> under(String prefix) {
        return new TreeMap<>(Blocks.under(prefix, documented));
    }

    private static Set<String> names(List<Key> keys) {
        return keys.stream().map(Key::name).collect(TreeSet::new, Set::add, Set::addAll);
    }

    private void assertDefaults(String prefix, List<Key> keys) {
        for (Key key : keys) {
            if (key.defaultValue() != null) {
                assertThat(documented).containsEntry(prefix + key.name(), key.defaultValue());
            }
        }
    }
}
