// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The guide's page of all keys is what the program and the routes declare. */
class KeysGuideTest {

    private static final Path PAGE = Path.of("src/docs/guide/keys.md");

    private final Declarations declarations = new Declarations(Path.of("routes"), new Problems());

    @Test
    void is_what_the_declarations_say() throws IOException {
        String page = page();
        if (Boolean.getBoolean("callvault.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("written anew by mvn test -Dtest=KeysGuideTest -Dcallvault.write=true")
                .isEqualTo(page);
    }

    private String page() {
        StringBuilder page = new StringBuilder(
                """
                # All keys

                <!-- Made from the declarations by KeysGuideTest: mvn test -Dtest=KeysGuideTest -Dcallvault.write=true -->

                What stands in `application.properties`. The [shipped one](../../../application.properties) has every key at its
                default, with what to consider. A key that begins with `callvault.`, `customer.`, `target.` or `gate.` and is not
                here stops the start. In a value, `{{env:NAME}}` is an environment variable, `{{file:PATH}}` the text of a file;
                relative paths start at `application.properties`.

                A **required** key has no default. A *secret* is never printed, and should be a reference.

                ## Callvault itself

                """);
        table(page, "callvault.", Keys.CALLVAULT);
        page.append("\n## Every customer\n\n`acme` stands for the customer's name: lower-case letters, digits and hyphens.\n\n");
        table(page, "customer.acme.", Keys.CUSTOMER);
        declarations.providers().values().forEach(provider -> {
            page.append("\n## Customers of ").append(provider.provider()).append("\n\nFeeds: ");
            page.append(String.join(
                    ", ",
                    provider.feeds().keySet().stream().map(name -> "`" + name + "`").toList()));
            page.append(".\n\n");
            table(page, "customer.acme.", provider.keys().values());
        });
        page.append("\n## Every target\n\n`vault` stands for the target's name.\n\n");
        table(page, "target.vault.", Keys.TARGET);
        for (String name : declarations.kinds()) {
            TargetKind kind = declarations.kind(name).orElseThrow();
            page.append("\n## Targets of kind ").append(name).append("\n\n").append(kind.description()).append("\n\n");
            table(page, "target.vault.", kind.keys().values());
        }
        page.append("\n## Gates\n\nOne for each group of each provider; without these keys it is as published.\n\n");
        table(page, "gate.<provider>.<group>.", Keys.GATE);
        page.append("\n| group | published | |\n|---|---|---|\n");
        declarations.providers().values().forEach(provider -> provider.groups()
                .values()
                .forEach(group -> page.append(String.format(
                        "| `%s.%s` | %d in %d s | %s |%n",
                        provider.provider(),
                        group.name(),
                        group.limit(),
                        group.window().toSeconds(),
                        group.description()))));
        return page.toString();
    }

    private static void table(StringBuilder page, String prefix, Collection<Key> keys) {
        page.append("| key | default | |\n|---|---|---|\n");
        for (Key key : keys) {
            page.append("| `").append(prefix).append(key.name()).append("` | ").append(defaultOf(key)).append(" | ");
            page.append(sentence(key).replace("|", "\\|")).append(" |\n");
        }
    }

    private static String defaultOf(Key key) {
        if (key.required()) {
            return "**required**";
        }
        return key.defaultValue() == null || key.defaultValue().isEmpty() ? "" : "`" + key.defaultValue() + "`";
    }

    private static String sentence(Key key) {
        List<String> words = List.of(
                key.description(),
                key.type() == ValueType.SECRET ? "*Secret.*" : "",
                key.type() == ValueType.SECRET || key.type() == ValueType.STRING && key.choices() == null
                        ? ""
                        : "Must be " + key.allowed() + ".");
        return String.join(" ", words.stream().filter(word -> !word.isEmpty()).toList());
    }
}
