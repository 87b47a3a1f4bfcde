// SPDX-License-Identifier: Apache-2.0
package io.callvault.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnswersTest {

    @TempDir
    Path directory;

    private SetupHome home;

    @BeforeEach
    void declare() {
        home = new SetupHome(directory);
    }

    private Draft draft(String... entries) {
        Map<String, String> given = new LinkedHashMap<>();
        for (String entry : entries) {
            given.put(entry.split(" = ", 2)[0], entry.split(" = ", 2)[1]);
        }
        return Answers.draft(home.reader.declared(home.file, null), given);
    }

    @Test
    void what_is_left_out_has_its_default_and_a_secret_is_expected_in_the_environment() {
        Draft draft = draft(
                "customer.acme.provider = voipco",
                "customer.acme.account = 4711",
                "target.nas.kind = shelf",
                "target.nas.board = top");

        assertThat(draft.entries())
                .containsEntry("customer.acme.user", "{{env:ACME_USER}}")
                .containsEntry("customer.acme.key", "{{env:ACME_KEY}}")
                .containsEntry("target.nas.password", "{{env:NAS_PASSWORD}}")
                .containsEntry("customer.acme.targets", "nas")
                .doesNotContainKey("customer.acme.pin");
        assertThat(home.judge.problems(draft)).isEmpty();
    }

    @Test
    void two_secrets_never_share_an_environment_variable() {
        Draft draft = draft(
                "customer.acme.provider = voipco",
                "customer.acme.account = 4711",
                "customer.acme.pin = {{env:ACME_PASSWORD}}",
                "target.acme.kind = shelf",
                "target.acme.board = top");

        assertThat(draft.entries()).containsEntry("target.acme.password", "{{env:TARGET_ACME_PASSWORD}}");
    }

    @Test
    void a_secret_given_itself_gets_a_file() {
        Draft draft = draft("customer.acme.provider = voipco", "customer.acme.key = s3cr3t");

        assertThat(draft.entries()).containsEntry("customer.acme.key", "{{file:secrets/acme-key}}");
        assertThat(draft.secrets()).containsEntry("customer.acme.key", "s3cr3t");
        assertThat(DraftText.of(draft)).doesNotContain("s3cr3t");
    }

    @Test
    void says_everything_that_is_wrong_or_missing_at_once() {
        List<String> nothing = home.judge.problems(draft());
        List<String> wrong = home.judge.problems(draft(
                "customer.acme.provider = voipco",
                "customer.acme.since = 90x",
                "customer.acme.kee = s3cr3t",
                "target.nas.kind = shelv",
                "gate.voipco.slow.limit = 0"));

        assertThat(nothing)
                .containsExactly(
                        "customer.<name>.provider: is missing; name a customer, whose phone system is one of voipco",
                        "target.<name>.kind: is missing; name a target, whose kind is one of shelf");
        assertThat(wrong)
                .contains("customer.acme.account: is missing; must be text")
                .contains("target.nas.kind = shelv: must be one of shelf (did you mean shelf?)")
                .contains("customer.acme.kee = ***: nothing reads this key; did you mean customer.acme.key?")
                .anyMatch(line -> line.startsWith("customer.acme.since = 90x: must be a duration"))
                .anyMatch(line -> line.startsWith("gate.voipco.slow.limit = 0: must be"))
                .hasSize(5);
    }

    /** Whatever a value holds, the reader finds it again, and the comments are the declarations' own words. */
    @Test
    void writes_a_text_that_reads_back_the_same() {
        Draft draft = draft(
                "my.key with = # signs! = C:\\temp\\ünï",
                "customer.acme.provider = voipco",
                "customer.acme.account = a=b:c\\d",
                "target.nas.kind = shelf",
                "target.nas.board = línea\ttab");

        String text = DraftText.of(draft);

        assertThat(io.callvault.config.ConfigurationReader.entries(text)).isEqualTo(draft.entries());
        assertThat(text).contains("# Number of the account.\n").contains("# Which board.\n");
    }
}
