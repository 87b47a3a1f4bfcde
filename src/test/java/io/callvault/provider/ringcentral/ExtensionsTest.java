// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callvault.error.TryAgainException;
import io.callvault.model.Part;
import io.callvault.model.PartsPage;
import io.callvault.provider.Account;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtensionsTest {

    private final Extensions extensions = new Extensions();
    private final RingCentralAccount account = new RingCentralAccount(new Account(
            "acme",
            Map.of(
                    "server", List.of("https://platform.ringcentral.com"),
                    "client-id", List.of("id"),
                    "client-secret", List.of("secret"),
                    "jwt", List.of("jwt"),
                    "message-retention", List.of("PT720H"))));

    @ParameterizedTest
    @CsvSource({
        "User, Enabled", "User, Disabled", "User, Frozen", "User, NotActivated", "DigitalUser, Enabled",
        "VirtualUser, Enabled", "FlexibleUser, Enabled", "FaxUser, Enabled", "Limited, Enabled", "Department, Enabled",
        "Voicemail, Enabled"
    })
    void a_mailbox_that_refuses_cannot_be_seen(String type, String status) {
        assertThat(parts(type, status)).containsExactly(new Part("700800900", Set.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "Announcement, Enabled", "Site, Enabled", "SharedLinesGroup, Enabled", "ApplicationExtension, Enabled",
        "Bot, Enabled", "Room, Enabled", "User, Unassigned"
    })
    void what_may_have_none_is_asked_and_believed(String type, String status) {
        assertThat(parts(type, status)).containsExactly(new Part("700800900", Set.of(403, 404)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"IvrMenu", "ParkLocation", "PagingOnly", "GroupCallPickup"})
    void what_takes_no_message_is_not_asked(String type) {
        assertThat(parts(type, "Enabled")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Unknown", "Hologram", ""})
    void a_new_type_is_asked_and_told_when_it_is_forbidden(String type) {
        assertThat(parts(type, "Enabled")).containsExactly(new Part("700800900", Set.of(404)));
    }

    @Test
    void one_that_has_no_mailbox_may_have_calls_and_is_believed_when_it_refuses() {
        String menu = "{\"records\":[{\"id\":100200300,\"type\":\"IvrMenu\",\"status\":\"Enabled\"}]}";
        assertThat(read(menu).parts()).isEmpty();
        assertThat(extensions
                        .read(account, false, menu.getBytes(StandardCharsets.UTF_8))
                        .parts())
                .containsExactly(new Part("100200300", Set.of(403, 404)));
    }

    @Test
    void goes_on_where_the_list_says_and_only_at_home() {
        assertThat(page("\"/restapi/v1.0/account/1/extension?page=2\"").next())
                .isEqualTo("https://platform.ringcentral.com/restapi/v1.0/account/1/extension?page=2");
        PartsPage stranger = page("\"https://stranger.example/restapi/v1.0/account/1/extension?page=2\"");
        assertThat(stranger.next()).isNull();
        assertThat(stranger.refusedNext()).startsWith("https://stranger.example/");
        assertThat(page("null").next()).isNull();
    }

    @Test
    void what_is_no_list_is_asked_for_again() {
        assertThatThrownBy(() -> extensions.read(account, true, "<html>".getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(TryAgainException.class)
                .hasMessageContaining("acme");
    }

    @Test
    void rows_that_name_no_extension_are_left_out() {
        assertThat(read("{\"records\":[null,7,{},{\"id\":null},{\"id\":9007199254740993}]}").parts())
                .extracting(Part::id)
                .containsExactly("9007199254740993");
    }

    private List<Part> parts(String type, String status) {
        return read("{\"records\":[{\"id\":700800900,\"type\":\"" + type + "\",\"status\":\"" + status + "\"}]}")
                .parts();
    }

    private PartsPage page(String next) {
        return read("{\"records\":[],\"navigation\":{\"nextPage\":{\"uri\":" + next + "}}}");
    }

    private PartsPage read(String json) {
        return extensions.read(account, true, json.getBytes(StandardCharsets.UTF_8));
    }
}
