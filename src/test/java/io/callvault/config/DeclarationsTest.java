// SPDX-License-Identifier: Apache-2.0
package io.callvault.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclarationsTest {

    @TempDir
    Path directory;

    @Test
    void ringcentral_declares_its_feeds_groups_and_keys() {
        Problems problems = new Problems();
        ProviderDeclaration ringcentral =
                new Declarations(Path.of("routes"), problems).providers().get("ringcentral");

        assertThat(problems.problems()).isEmpty();
        assertThat(ringcentral.className()).isEqualTo("io.callvault.provider.ringcentral.RingCentral");
        assertThat(ringcentral.feeds().get("calls").listing()).isEqualTo("heavy");
        assertThat(ringcentral.feeds().get("calls").content()).isEqualTo("heavy");
        assertThat(ringcentral.feeds().get("calls").parts()).isNull();
        assertThat(ringcentral.feeds().get("calls").window()).isEqualTo(Duration.ofDays(1));
        assertThat(ringcentral.feeds().get("messages").parts()).isEqualTo("extensions");
        assertThat(ringcentral.feeds().get("messages").window()).isEqualTo(Duration.ofDays(366));
        assertThat(ringcentral.groups()).containsOnlyKeys("heavy", "medium", "light", "auth");
        assertThat(ringcentral.groups().get("heavy").limit()).isEqualTo(10);
        assertThat(ringcentral.groups().get("heavy").window()).isEqualTo(Duration.ofSeconds(60));
        assertThat(ringcentral.keys())
                .containsOnlyKeys(
                        "server",
                        "media-server",
                        "client-id",
                        "client-secret",
                        "jwt",
                        "message-retention",
                        "recording-metadata");
        assertThat(ringcentral.feeds().get("calls").fallback()).isEqualTo("extensions");
        assertThat(ringcentral.feeds().get("calls").metadata()).isEqualTo("recording-metadata");
        assertThat(ringcentral.feeds().get("messages").fallback()).isNull();
        assertThat(ringcentral.feeds().get("messages").metadata()).isNull();
        assertThat(ringcentral.keys().get("jwt").list()).isTrue();
        assertThat(ringcentral.keys().values()).allSatisfy(key -> assertThat(key.description())
                .isNotEmpty());
    }

    @Test
    void tells_every_mistake_of_a_provider() {
        Path file = new ConfigurationHome(directory)
                .write(
                        "routes/voipco/provider.yaml",
                        """
                        provider: other
                        feeds:
                          calls: { listing: fast, contents: slow }
                        groups:
                          slow: { limit: 0, window: 60 }
                        keys:
                          since: { type: string }
                          pages: { type: number, default: x }
                          extras: { type: boolean, default: maybe, list: 3 }
                          code: { type: string, form: { pattern: "[", words: a code } }
                        either:
                          one: [code, none]
                        extra: 1
                        """);

        assertThat(problems())
                .containsExactly(
                        file + ": extra = 1: nothing reads this key; known here: provider, class, feeds, groups, keys,"
                                + " either",
                        file + ": provider = other: must be voipco, the name of its folder",
                        file + ": class: is missing",
                        file + ": groups.slow.limit = 0: must be a whole number from 1 to 1000000",
                        file + ": groups.slow.window = 60: must be a duration such as 60s, 15m, 36h or 90d",
                        file + ": feeds.calls.contents = slow: nothing reads this key; did you mean content?",
                        file + ": feeds.calls.listing = fast: must be one of the groups slow",
                        file + ": keys.since: is a key that every customer has",
                        file + ": keys.pages.type = number: must be one of string, boolean, integer, duration, size,"
                                + " server, secret, credential, path",
                        file + ": keys.extras.list = 3: must be true or false",
                        file + ": keys.extras.default = maybe: must be true or false",
                        file + ": keys.code.form.pattern = [: must be a regular expression",
                        file + ": either.one: must be a list of some of the keys");
    }

    @Test
    void makes_no_object_that_a_yaml_tag_names() {
        Path file = new ConfigurationHome(directory)
                .write("routes/voipco/provider.yaml", "provider: !!java.net.URL ['http://h']\n");

        assertThat(problems()).singleElement().asString().startsWith(file + ": is not YAML: ");
    }

    private List<String> problems() {
        Problems problems = new Problems();
        new Declarations(directory.resolve("routes"), problems);
        return problems.problems();
    }
}
