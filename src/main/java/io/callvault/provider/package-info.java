// SPDX-License-Identifier: Apache-2.0
/**
 * What a provider is to the rest of Callvault: listings in closed windows, pages, content, rules. One package a provider
 * behind it, found by the declaration `provider.yaml` in its routes folder; nothing else names a provider.
 */
package io.callvault.provider;
