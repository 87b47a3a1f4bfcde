// SPDX-License-Identifier: Apache-2.0
package io.callvault.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which digits are a telephone number's. */
class NumberMaskTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from +14155550142 to | from +*********42 to",
                "+1 (415) 555-0142. | +* (***) ***-**42.",
                "+49 30 1234567 | +** ** *****67",
                "call (415) 555-0142 | call (***) ***-**42",
                "415-555-0142, 415.555.0143 | ***-***-**42, ***.***.**43",
                "acme/calls/2026-03-10/140509_inbound_+15105550142_4155550100_9900000097462.mp3"
                        + " | acme/calls/2026-03-10/140509_inbound_+*********42_********00_9900000097462.mp3",
                "sip:4155550100@example.com | sip:********00@example.com"
            })
    void a_number_keeps_its_last_two_digits(String text, String masked) {
        assertThat(NumberMask.apply(text)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "recording/9900112233005 of extension 700800900",
                "2026-03-10T14:05:09.123Z, 2026-03-10",
                "12345678-1234-1234-1234-123456789012",
                "64 in 60 s, 1,000,000 requests, 10.0.0.1:8443, +12345",
                "sha256 0123456789abcdef0123456789abcdef"
            })
    void what_is_no_number_stays(String text) {
        assertThat(NumberMask.apply(text)).isEqualTo(text);
    }
}
