// SPDX-License-Identifier: Apache-2.0
/**
 * The provider's JSON as it came: cut out of a page byte for byte, compared by what it says, and changed, where it must be, in
 * nothing but single strings. Knows nothing else.
 */
package io.callvault.json;
