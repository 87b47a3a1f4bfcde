// SPDX-License-Identifier: Apache-2.0
package io.callvault.provider.ringcentral;

import static org.assertj.core.api.Assertions.assertThat;

import io.callvault.provider.Account;
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
}
