// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.provider.Account;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a token may go. */
class RingCentralAccountTest {

    private final RingCentralAccount account = new RingCentralAccount(new Account(
            "acme",
            Map.of(
                    "server", List.of("https://platform.ringcentral.com"),
                    "client-id", List.of("client"),
                    "client-secret", List.of("secret"),
                    "jwt", List.of("jwt"),
                    "message-retention", List.of("PT720H"))));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://platform.ringcentral.com:443/restapi/v1.0/account/1/recording/2/content",
                "https://media.ringcentral.com:443/restapi/v1.0/account/1/recording/2/content",
                "https://media.ringcentral.com/restapi/v1.0/account/1/recording/2/content",
                "HTTPS://MEDIA.RingCentral.com/restapi/v1.0/account/1/recording/2/content"
            })
    void an_address_with_the_standard_port_is_the_providers_own(String address) {
        assertThat(account.isOwn(address)).isTrue();
        assertThat(account.address(address)).isEqualTo(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://platform.ringcentral.com:8443/x",
                "http://platform.ringcentral.com/x",
                "http://platform.ringcentral.com:443/x",
                "https://platform.ringcentral.com.evil.example/x",
                "https://platform.ringcentral.com@evil.example/x",
                "//evil.example/x"
            })
    void an_address_that_only_looks_like_it_is_not(String address) {
        assertThat(account.isOwn(address)).isFalse();
        assertThat(account.isServer(address)).isFalse();
    }

    @Test
    void a_next_page_with_the_standard_port_is_followed() {
        assertThat(account.isServer("https://platform.ringcentral.com:443/restapi/v1.0/account/1/call-log?page=2"))
                .isTrue();
    }

    @Test
    void the_end_of_a_jwt_is_known_where_it_says_it() {
        RingCentralAccount several = new RingCentralAccount(new Account(
                "acme",
                Map.of(
                        "server", List.of("https://platform.ringcentral.com"),
                        "client-id", List.of("client"),
                        "client-secret", List.of("secret"),
                        "jwt",
                                List.of(
                                        jwt("{\"sub\":\"1\",\"exp\":1773334800}"),
                                        jwt("{\"sub\":\"1\"}"),
                                        "no.jwt",
                                        "a.%%%.c",
                                        jwt("{\"exp\":\"soon\"}"),
                                        jwt("{\"exp\":1e999}")))));
        assertThat(several.jwtsEnd()).containsExactly(Map.entry("1", Instant.parse("2026-03-12T17:00:00Z")));
    }

    private static String jwt(String claims) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString("{}".getBytes(StandardCharsets.UTF_8)) + "."
                + base64.encodeToString(claims.getBytes(StandardCharsets.UTF_8)) + ".signature";
    }
}
