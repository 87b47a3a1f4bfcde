// SPDX-License-Identifier: Apache-2.0
package io.callvault.setup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.error.StopAllException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterviewTest {

    private static final String ENTER = "";

    @TempDir
    Path directory;

    private SetupHome home;

    @BeforeEach
    void declare() {
        home = new SetupHome(directory);
    }

    private Draft ask(Typist typist) {
        Draft draft = new Interview(home.empty(), home.judge, typist).ask();
        assertThat(typist.left()).as("answers nobody asked for").isEmpty();
        return draft;
    }

    @Test
    void asks_what_a_provider_and_a_kind_declare_and_nothing_else() {
        Typist typist = new Typist(
                "acme", ENTER, ENTER, "4711", ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, "shelf", ENTER, "top", ENTER,
                ENTER, ENTER);

        Draft draft = ask(typist);

        assertThat(draft.entries())
                .containsEntry("customer.acme.provider", "voipco")
                .containsEntry("customer.acme.server", "https://api.voipco.example")
                .containsEntry("customer.acme.account", "4711")
                .containsEntry("customer.acme.user", "{{env:ACME_USER}}")
                .containsEntry("customer.acme.key", "{{env:ACME_KEY}}")
                .containsEntry("customer.acme.since", "90d")
                .containsEntry("customer.acme.targets", "shelf")
                .containsEntry("target.shelf.kind", "shelf")
                .containsEntry("target.shelf.board", "top")
                .containsEntry("target.shelf.password", "{{env:SHELF_PASSWORD}}")
                .doesNotContainKeys("customer.acme.pin", "customer.acme.patience", "target.shelf.colour");
        assertThat(draft.secrets()).isEmpty();
        assertThat(home.judge.problems(draft)).isEmpty();
    }

    @Test
    void says_at_once_what_is_wrong_with_an_answer_and_asks_again() {
        Typist typist = new Typist(
                ENTER, "Acme Ltd", "acme", "voipc", ENTER, "ftp://x", ENTER, ENTER, "4711", ENTER, ENTER, ENTER, "often", ENTER, "90x",
                "30d", "Europe/Berln", "Europe/Berlin", "feeds", "cals", "calls", ENTER, "shelve", "shelf", ENTER, "top",
                ENTER, "colour", "green", "blue", "perhaps", "no");

        Draft draft = ask(typist);

        assertThat(typist.shown)
                .containsSequence("customer: ", "There is no default: something must be said.", "customer: ")
                .anySatisfy(line -> assertThat(line).contains("customer.Acme Ltd: is no name"))
                .contains("customer.acme.provider = voipc: must be one of voipco (did you mean voipco?)")
                .anySatisfy(line -> assertThat(line).startsWith("customer.acme.server = ftp://x: must be an address"))
                .anySatisfy(line -> assertThat(line).startsWith("customer.acme.schedule = often: must be a Quartz cron"))
                .anySatisfy(line -> assertThat(line).startsWith("customer.acme.since = 90x: must be a duration"))
                .anySatisfy(line -> assertThat(line).contains("did you mean Europe/Berlin?"))
                .anySatisfy(line -> assertThat(line).contains("did you mean calls?"))
                .contains("There is no such kind; there are shelf.")
                .anySatisfy(line -> assertThat(line).startsWith("target.shelf.colour = green: must be one of red, blue"))
                .contains("yes or no?");
        assertThat(draft.entries())
                .containsEntry("customer.acme.since", "30d")
                .containsEntry("customer.acme.time-zone", "Europe/Berlin")
                .containsEntry("customer.acme.feeds", "calls")
                .containsEntry("target.shelf.colour", "blue");
        assertThat(home.judge.problems(draft)).isEmpty();
    }

    @Test
    void a_secret_that_is_typed_is_hidden_and_gets_a_file_and_is_never_shown() {
        Typist typist = new Typist(
                "acme", ENTER, ENTER, "4711", "bob", "s3cr3t", ENTER, ENTER, ENTER, ENTER, ENTER, "shelf", "nas", "top",
                "{{file:/etc/nas}}", ENTER, ENTER);

        Draft draft = ask(typist);

        assertThat(draft.entries())
                .containsEntry("customer.acme.user", "bob")
                .containsEntry("customer.acme.key", "{{file:secrets/acme-key}}")
                .containsEntry("target.nas.password", "{{file:/etc/nas}}");
        assertThat(draft.secrets()).containsOnlyKeys("customer.acme.key").containsValue("s3cr3t");
        assertThat(typist.hiddenPrompts).hasSize(3).allMatch(prompt -> prompt.matches("(key|pin|password) \\[.*]: "));
        assertThat(typist.shown).noneMatch(line -> line.contains("s3cr3t"));
        assertThat(draft.toString()).doesNotContain("s3cr3t");
    }

    @Test
    void several_places_get_names_of_their_own() {
        Typist typist = new Typist(
                "acme", ENTER, ENTER, "4711", ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, "shelf", ENTER, "top", ENTER,
                ENTER, "yes", "shelf", "shelf", ENTER, "low", ENTER, ENTER, ENTER);

        Draft draft = ask(typist);

        assertThat(typist.shown).contains("There is a target shelf already.");
        assertThat(draft.entries())
                .containsEntry("customer.acme.targets", "shelf, shelf-2")
                .containsEntry("target.shelf-2.board", "low");
        assertThat(home.judge.problems(draft)).isEmpty();
    }

    @Test
    void what_is_wrong_only_as_a_whole_is_asked_again_at_the_end() {
        Typist typist = new Typist(
                "acme", ENTER, ENTER, "4711", ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, ENTER, "shelf", ENTER, "top", ENTER,
                ENTER, ENTER, "customer.acme.acount", "customer.acme.account", "4711");
        Draft draft = home.empty();
        Judge severe = new Judge(home.reader, home.file) {
            private int asked;

            @Override
            public List<String> problems(Draft any) {
                asked++;
                return asked < 3 ? List.of("customer.acme.account: is not what the others say") : super.problems(any);
            }
        };

        new Interview(draft, severe, typist).ask();

        assertThat(typist.left()).isEmpty();
        assertThat(typist.shown)
                .contains("customer.acme.account: is not what the others say")
                .contains("There is no such key. Write it out, as in customer.acme.since.");
    }

    @Test
    void ends_when_there_are_no_more_answers() {
        Interview interview = new Interview(home.empty(), home.judge, new Typist("acme", ENTER));

        assertThatThrownBy(interview::ask)
                .isInstanceOf(StopAllException.class)
                .hasMessageContaining("nothing was written");
    }
}
