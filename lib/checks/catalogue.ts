// Written by `npm run docs` from the files in this folder. Do not edit.
/* eslint max-lines: off -- two lines for each rule */
import { MM101 } from './runtime/mm101-grpc-endpoint-missing';
import { MM102 } from './runtime/mm102-endpoint-malformed';
import { MM103 } from './runtime/mm103-adapter-endpoint';
import { MM104 } from './runtime/mm104-sockets-in-two-folders';
import { MM105 } from './runtime/mm105-management-socket-unreachable';
import { MM106 } from './runtime/mm106-server-type';
import { MM107 } from './runtime/mm107-server-container';
import { MM108 } from './runtime/mm108-container-name-reserved';
import { MM109 } from './runtime/mm109-container-name-twice';
import { MM110 } from './runtime/mm110-volume-name-reserved';
import { MM111 } from './runtime/mm111-mount-reserved';
import { MM112 } from './runtime/mm112-port-name-reserved';
import { MM113 } from './runtime/mm113-port-reserved';
import { MM114 } from './runtime/mm114-port-taken';
import { MM115 } from './runtime/mm115-container-field-managed';
import { MM116 } from './runtime/mm116-containers-empty';
import { MM117 } from './runtime/mm117-format-twice';
import { MM118 } from './runtime/mm118-replicas-zero';
import { MM119 } from './runtime/mm119-image-unpinned';
import { MM120 } from './runtime/mm120-format-not-selected';
import { MM121 } from './runtime/mm121-refused-but-switched-off';
import { MM122 } from './runtime/mm122-loading-timeout';
import { MM123 } from './runtime/mm123-memory-buffer-missing';
import { MM124 } from './runtime/mm124-management-port-missing';
import { MM125 } from './runtime/mm125-adapter-setting';
import { MM126 } from './runtime/mm126-memory-request-missing';
import { MM127 } from './runtime/mm127-capacity-too-small';
import { MM128 } from './runtime/mm128-memory-limit-missing';
import { MM129 } from './runtime/mm129-gpu-capacity';
import { MM130 } from './runtime/mm130-autoscaler-class';
import { MM131 } from './runtime/mm131-autoscaling-metric';
import { MM132 } from './runtime/mm132-autoscaling-utilization';
import { MM133 } from './runtime/mm133-autoscaling-pods';
import { MM134 } from './runtime/mm134-autoscaling-and-replicas';
import { MM135 } from './runtime/mm135-autoscaling-without-scale-to-zero';
import { MM136 } from './runtime/mm136-own-autoscaler';
import { MM137 } from './runtime/mm137-annotation-not-read';
import { MM138 } from './runtime/mm138-server-without-adapter';
import { MM139 } from './runtime/mm139-node-affinity';
import { MM140 } from './runtime/mm140-pod-label-of-selector';
import { MM141 } from './runtime/mm141-pod-label-managed-by';
import { MM142 } from './runtime/mm142-name-too-long';
import { MM143 } from './runtime/mm143-separator-in-name';
import { MM144 } from './runtime/mm144-replicas-out-of-range';
import { MM145 } from './runtime/mm145-replicas-one';
import { MM146 } from './runtime/mm146-field-ignored';
import { MM147 } from './runtime/mm147-product-config';
import { MM148 } from './runtime/mm148-mlserver-setting-doubtful';
import { MM149 } from './runtime/mm149-mlserver-setting';
import { MM151 } from './runtime/mm151-unknown-field';
import { MM152 } from './runtime/mm152-wrong-type';
import { MM153 } from './runtime/mm153-required-field-missing';
import { MM154 } from './runtime/mm154-no-quantity';
import { MM155 } from './runtime/mm155-number-out-of-range';
import { MM156 } from './runtime/mm156-object-name';
import { MM157 } from './runtime/mm157-unknown-choice';
import { MM158 } from './runtime/mm158-list-item-twice';
import { MM159 } from './runtime/mm159-object-labels';
import { MM160 } from './runtime/mm160-no-such-kind';
import { MM161 } from './runtime/mm161-image-missing';
import { MM162 } from './runtime/mm162-mount-without-volume';
import { MM163 } from './runtime/mm163-mount-path';
import { MM164 } from './runtime/mm164-volume-name';
import { MM165 } from './runtime/mm165-volume-source';
import { MM166 } from './runtime/mm166-request-over-limit';
import { MM167 } from './runtime/mm167-amount-not-possible';
import { MM168 } from './runtime/mm168-container-port-number';
import { MM169 } from './runtime/mm169-container-port-name';
import { MM170 } from './runtime/mm170-container-name';
import { MM171 } from './runtime/mm171-pod-label';
import { MM172 } from './runtime/mm172-environment-variable';
import { MM173 } from './runtime/mm173-probe';
import { MM174 } from './runtime/mm174-unknown-policy';
import { MM175 } from './runtime/mm175-placement';
import { MM176 } from './runtime/mm176-volume-field';
import { MM177 } from './runtime/mm177-security-context';
import { MM178 } from './runtime/mm178-resource-name';
import { MM179 } from './runtime/mm179-autoscaled-with-models';
import { MM180 } from './runtime/mm180-pull-secret-without-name';
import { MM181 } from './runtime/mm181-field-without-value';
import { MM191 } from './runtime/mm191-value-not-a-string';
import { MM201 } from './model/mm201-deployment-mode-missing';
import { MM202 } from './model/mm202-deployment-mode-spelling';
import { MM203 } from './model/mm203-deployment-mode-other';
import { MM204 } from './model/mm204-model-and-framework';
import { MM205 } from './model/mm205-model-and-runtime-annotation';
import { MM206 } from './model/mm206-no-model';
import { MM207 } from './model/mm207-several-frameworks';
import { MM208 } from './model/mm208-two-places';
import { MM209 } from './model/mm209-no-place';
import { MM210 } from './model/mm210-no-runtime';
import { MM211 } from './model/mm211-format-unknown';
import { MM212 } from './model/mm212-format-case';
import { MM213 } from './model/mm213-format-version';
import { MM214 } from './model/mm214-format-not-selected';
import { MM215 } from './model/mm215-protocol-unknown';
import { MM216 } from './model/mm216-runtime-unknown';
import { MM217 } from './model/mm217-runtime-disabled';
import { MM218 } from './model/mm218-runtime-single-model';
import { MM219 } from './model/mm219-runtime-hidden';
import { MM220 } from './model/mm220-runtime-refused';
import { MM221 } from './model/mm221-only-runtime-off';
import { MM222 } from './model/mm222-runtime-without-format';
import { MM223 } from './model/mm223-several-runtimes';
import { MM224 } from './model/mm224-legacy-framework';
import { MM225 } from './model/mm225-legacy-framework-unserved';
import { MM226 } from './model/mm226-ignored-scaling';
import { MM227 } from './model/mm227-ignored-canary';
import { MM228 } from './model/mm228-ignored-concurrency';
import { MM229 } from './model/mm229-ignored-request-settings';
import { MM230 } from './model/mm230-ignored-pod-settings';
import { MM231 } from './model/mm231-ignored-service-account';
import { MM232 } from './model/mm232-ignored-scaling-annotations';
import { MM233 } from './model/mm233-ignored-pod-metadata';
import { MM234 } from './model/mm234-transformer';
import { MM235 } from './model/mm235-explainer';
import { MM236 } from './model/mm236-predictor-of-same-name';
import { MM237 } from './model/mm237-name-beyond-kserve';
import { MM238 } from './model/mm238-name-too-long';
import { MM239 } from './model/mm239-separator';
import { MM240 } from './model/mm240-runtimes-without-pods';
import { MM241 } from './model/mm241-format-missing';
import { MM242 } from './model/mm242-only-torchserve';
import { MM301 } from './storage/mm301-storage-secret-missing';
import { MM302 } from './storage/mm302-entry-not-json';
import { MM303 } from './storage/mm303-entry-value-not-text';
import { MM304 } from './storage/mm304-entry-without-type-leaks';
import { MM305 } from './storage/mm305-claim-for-one-node';
import { MM306 } from './storage/mm306-claim-entry-without-name';
import { MM307 } from './storage/mm307-entry-without-type';
import { MM308 } from './storage/mm308-storage-type-unknown';
import { MM310 } from './storage/mm310-secret-data-not-base64';
import { MM311 } from './storage/mm311-secret-key-not-valid';
import { MM312 } from './storage/mm312-s3-entry-incomplete';
import { MM313 } from './storage/mm313-s3-model-without-entry';
import { MM314 } from './storage/mm314-gcs-credentials-half';
import { MM315 } from './storage/mm315-azure-without-container';
import { MM316 } from './storage/mm316-azure-principal-half';
import { MM317 } from './storage/mm317-http-without-url';
import { MM318 } from './storage/mm318-http-client-key-half';
import { MM319 } from './storage/mm319-bucket-missing';
import { MM320 } from './storage/mm320-claim-not-named';
import { MM321 } from './storage/mm321-storage-type-missing';
import { MM322 } from './storage/mm322-storage-key-unknown';
import { MM323 } from './storage/mm323-storage-uri-is-path';
import { MM324 } from './storage/mm324-storage-uri-scheme';
import { MM325 } from './storage/mm325-storage-uri-unparsable';
import { MM326 } from './storage/mm326-storage-uri-bucket';
import { MM328 } from './storage/mm328-claim-without-path';
import { MM329 } from './storage/mm329-whole-bucket';
import { MM330 } from './storage/mm330-path-begins-with-slash';
import { MM331 } from './storage/mm331-storage-uri-rest-ignored';
import { MM332 } from './storage/mm332-claim-not-mounted';
import { MM333 } from './storage/mm333-claim-missing';
import { MM334 } from './storage/mm334-claim-in-other-namespace';
import { MM335 } from './storage/mm335-claim-name-no-volume-name';
import { MM336 } from './storage/mm336-claim-name-reserved';
import { MM337 } from './storage/mm337-claim-name-of-optional-volume';
import { MM338 } from './storage/mm338-claim-name-of-runtime-volume';
import { MM339 } from './storage/mm339-claim-for-one-pod';
import { MM340 } from './storage/mm340-credentials-in-git';
import { MM341 } from './storage/mm341-credentials-in-model';
import { MM342 } from './storage/mm342-default-bucket';
import { MM343 } from './storage/mm343-parameter-overwritten';
import { MM345 } from './storage/mm345-claim-access-mode';
import { MM346 } from './storage/mm346-claim-size';
import { MM347 } from './storage/mm347-claim-field';
import { MM348 } from './storage/mm348-claim-of-blocks';
import { MM401 } from './mesh/mm401-namespace-label-missing';
import { MM402 } from './mesh/mm402-namespace-label-value';
import { MM403 } from './mesh/mm403-default-namespace-unlabelled';
import { MM404 } from './mesh/mm404-namespace-scope';
import { MM406 } from './mesh/mm406-service-label-deleted';
import { MM407 } from './mesh/mm407-service-name-taken';
import { MM408 } from './mesh/mm408-service-taken-over';
import { MM409 } from './mesh/mm409-service-name-invalid';
import { MM410 } from './mesh/mm410-config-requests-above-limits';
import { MM411 } from './mesh/mm411-config-key-missing';
import { MM412 } from './mesh/mm412-config-unreadable';
import { MM413 } from './mesh/mm413-config-key-unknown';
import { MM414 } from './mesh/mm414-config-wrong-type';
import { MM415 } from './mesh/mm415-config-number-range';
import { MM416 } from './mesh/mm416-config-quantity';
import { MM417 } from './mesh/mm417-payload-processor-blank';
import { MM418 } from './mesh/mm418-runtime-pod-label-reserved';
import { MM419 } from './mesh/mm419-runtime-pod-key-case';
import { MM420 } from './mesh/mm420-runtime-pod-metadata-invalid';
import { MM421 } from './mesh/mm421-mesh-variable-of-pod';
import { MM422 } from './mesh/mm422-mesh-variable-lost';
import { MM423 } from './mesh/mm423-etcd-secret-name-deprecated';
import { MM424 } from './mesh/mm424-one-pod-per-runtime';
import { MM425 } from './mesh/mm425-no-pods-per-runtime';
import { MM426 } from './mesh/mm426-client-auth-unknown';
import { MM427 } from './mesh/mm427-client-auth-without-tls';
import { MM428 } from './mesh/mm428-config-twice';
import { MM429 } from './mesh/mm429-config-port-clash';
import { MM430 } from './mesh/mm430-service-account-missing';
import { MM431 } from './mesh/mm431-tls-secret-missing';
import { MM432 } from './mesh/mm432-tls-secret-keys';
import { MM433 } from './mesh/mm433-certificate-names';
import { MM434 } from './mesh/mm434-rest-proxy-client-auth';
import { MM435 } from './mesh/mm435-rest-proxy-private-ca';
import { MM436 } from './mesh/mm436-config-name';
import { MM437 } from './mesh/mm437-config-entry-without-name';
import { MM440 } from './mesh/mm440-etcd-secret-missing';
import { MM441 } from './mesh/mm441-etcd-key-missing';
import { MM442 } from './mesh/mm442-etcd-unreadable';
import { MM443 } from './mesh/mm443-etcd-endpoints-missing';
import { MM444 } from './mesh/mm444-etcd-file-missing';
import { MM445 } from './mesh/mm445-etcd-file-not-copied';
import { MM446 } from './mesh/mm446-etcd-host-unqualified';
import { MM447 } from './mesh/mm447-etcd-copy-overwritten';
import { MM448 } from './mesh/mm448-etcd-credentials';
import { MM449 } from './mesh/mm449-etcd-client-certificate-half';
import { MM451 } from './mesh/mm451-network-policy-pod-to-pod';
import { MM452 } from './mesh/mm452-network-policy-inference';
import { MM453 } from './mesh/mm453-strict-mtls-pod-to-pod';
import { MM454 } from './mesh/mm454-metrics-scheme';
import { MM455 } from './mesh/mm455-metrics-certificate';
import { MM501 } from './routing/mm501-port-missing-unreachable';
import { MM502 } from './routing/mm502-port-missing';
import { MM503 } from './routing/mm503-unknown-port';
import { MM504 } from './routing/mm504-metrics-port';
import { MM505 } from './routing/mm505-short-host-elsewhere';
import { MM506 } from './routing/mm506-half-named-host';
import { MM507 } from './routing/mm507-rule-for-no-service';
import { MM508 } from './routing/mm508-catch-all-first';
import { MM509 } from './routing/mm509-repeated-match';
import { MM510 } from './routing/mm510-host-twice';
import { MM511 } from './routing/mm511-selector-without-gateway';
import { MM512 } from './routing/mm512-unknown-gateway';
import { MM513 } from './routing/mm513-host-not-admitted';
import { MM514 } from './routing/mm514-prefix-of-a-model';
import { MM515 } from './routing/mm515-v1-route';
import { MM516 } from './routing/mm516-maglev-table';
import { MM517 } from './routing/mm517-regex-too-long';
import { MM518 } from './routing/mm518-regex-not-re2';
import { MM519 } from './routing/mm519-pseudo-header';
import { MM520 } from './routing/mm520-header-case';
import { MM521 } from './routing/mm521-unknown-subset';
import { MM522 } from './routing/mm522-subset-twice';
import { MM523 } from './routing/mm523-subset-name';
import { MM524 } from './routing/mm524-two-rules';
import { MM526 } from './routing/mm526-asm-only';
import { MM527 } from './routing/mm527-several-load-balancers';
import { MM528 } from './routing/mm528-no-fallback-policy';
import { MM529 } from './routing/mm529-no-fallback';
import { MM531 } from './routing/mm531-key-never-set';
import { MM532 } from './routing/mm532-key-without-subset';
import { MM533 } from './routing/mm533-not-balanced';
import { MM534 } from './routing/mm534-delegate-missing';
import { MM535 } from './routing/mm535-delegate-with-hosts';
import { MM536 } from './routing/mm536-delegate-and-route';
import { MM537 } from './routing/mm537-subset-patch-everywhere';
import { MM538 } from './routing/mm538-subsets-without-metadata';
import { MM541 } from './routing/mm541-any-host-in-mesh';
import { MM542 } from './routing/mm542-hosts-overlap';
import { MM545 } from './routing/mm545-gateway-port-closed';
import { MM551 } from './routing/mm551-too-many-rules';
import { MM552 } from './routing/mm552-too-many-matches';
import { MM553 } from './routing/mm553-list-too-long';
import { MM554 } from './routing/mm554-backend-without-port';
import { MM555 } from './routing/mm555-backend-port';
import { MM556 } from './routing/mm556-no-reference-grant';
import { MM557 } from './routing/mm557-unknown-parent';
import { MM558 } from './routing/mm558-unknown-section';
import { MM559 } from './routing/mm559-namespace-not-allowed';
import { MM560 } from './routing/mm560-hostname-not-admitted';
import { MM561 } from './routing/mm561-route-regex-not-re2';
import { MM563 } from './routing/mm563-parent-twice';
import { MM564 } from './routing/mm564-defaults-left-out';
import { MM566 } from './routing/mm566-grpc-to-rest-proxy';
import { MM567 } from './routing/mm567-no-placement-labeller';
import { MM601 } from './delivery/mm601-many-objects';
import { MM602 } from './delivery/mm602-many-bytes';
import { MM603 } from './delivery/mm603-not-served-by-asm';
import { MM604 } from './delivery/mm604-no-such-version';
import { MM606 } from './delivery/mm606-sync-wave';
import { MM607 } from './delivery/mm607-hook';
import { MM608 } from './delivery/mm608-hook-delete-policy';
import { MM609 } from './delivery/mm609-sync-option';
import { MM610 } from './delivery/mm610-models-before-routes';
import { MM611 } from './delivery/mm611-models-before-needs';
import type { Rule } from './rule';

/** All rules, in the order of their codes. */
export const CATALOGUE: readonly Rule[] = [
  MM101,
  MM102,
  MM103,
  MM104,
  MM105,
  MM106,
  MM107,
  MM108,
  MM109,
  MM110,
  MM111,
  MM112,
  MM113,
  MM114,
  MM115,
  MM116,
  MM117,
  MM118,
  MM119,
  MM120,
  MM121,
  MM122,
  MM123,
  MM124,
  MM125,
  MM126,
  MM127,
  MM128,
  MM129,
  MM130,
  MM131,
  MM132,
  MM133,
  MM134,
  MM135,
  MM136,
  MM137,
  MM138,
  MM139,
  MM140,
  MM141,
  MM142,
  MM143,
  MM144,
  MM145,
  MM146,
  MM147,
  MM148,
  MM149,
  MM151,
  MM152,
  MM153,
  MM154,
  MM155,
  MM156,
  MM157,
  MM158,
  MM159,
  MM160,
  MM161,
  MM162,
  MM163,
  MM164,
  MM165,
  MM166,
  MM167,
  MM168,
  MM169,
  MM170,
  MM171,
  MM172,
  MM173,
  MM174,
  MM175,
  MM176,
  MM177,
  MM178,
  MM179,
  MM180,
  MM181,
  MM191,
  MM201,
  MM202,
  MM203,
  MM204,
  MM205,
  MM206,
  MM207,
  MM208,
  MM209,
  MM210,
  MM211,
  MM212,
  MM213,
  MM214,
  MM215,
  MM216,
  MM217,
  MM218,
  MM219,
  MM220,
  MM221,
  MM222,
  MM223,
  MM224,
  MM225,
  MM226,
  MM227,
  MM228,
  MM229,
  MM230,
  MM231,
  MM232,
  MM233,
  MM234,
  MM235,
  MM236,
  MM237,
  MM238,
  MM239,
  MM240,
  MM241,
  MM242,
  MM301,
  MM302,
  MM303,
  MM304,
  MM305,
  MM306,
  MM307,
  MM308,
  MM310,
  MM311,
  MM312,
  MM313,
  MM314,
  MM315,
  MM316,
  MM317,
  MM318,
  MM319,
  MM320,
  MM321,
  MM322,
  MM323,
  MM324,
  MM325,
  MM326,
  MM328,
  MM329,
  MM330,
  MM331,
  MM332,
  MM333,
  MM334,
  MM335,
  MM336,
  MM337,
  MM338,
  MM339,
  MM340,
  MM341,
  MM342,
  MM343,
  MM345,
  MM346,
  MM347,
  MM348,
  MM401,
  MM402,
  MM403,
  MM404,
  MM406,
  MM407,
  MM408,
  MM409,
  MM410,
  MM411,
  MM412,
  MM413,
  MM414,
  MM415,
  MM416,
  MM417,
  MM418,
  MM419,
  MM420,
  MM421,
  MM422,
  MM423,
  MM424,
  MM425,
  MM426,
  MM427,
  MM428,
  MM429,
  MM430,
  MM431,
  MM432,
  MM433,
  MM434,
  MM435,
  MM436,
  MM437,
  MM440,
  MM441,
  MM442,
  MM443,
  MM444,
  MM445,
  MM446,
  MM447,
  MM448,
  MM449,
  MM451,
  MM452,
  MM453,
  MM454,
  MM455,
  MM501,
  MM502,
  MM503,
  MM504,
  MM505,
  MM506,
  MM507,
  MM508,
  MM509,
  MM510,
  MM511,
  MM512,
  MM513,
  MM514,
  MM515,
  MM516,
  MM517,
  MM518,
  MM519,
  MM520,
  MM521,
  MM522,
  MM523,
  MM524,
  MM526,
  MM527,
  MM528,
  MM529,
  MM531,
  MM532,
  MM533,
  MM534,
  MM535,
  MM536,
  MM537,
  MM538,
  MM541,
  MM542,
  MM545,
  MM551,
  MM552,
  MM553,
  MM554,
  MM555,
  MM556,
  MM557,
  MM558,
  MM559,
  MM560,
  MM561,
  MM563,
  MM564,
  MM566,
  MM567,
  MM601,
  MM602,
  MM603,
  MM604,
  MM606,
  MM607,
  MM608,
  MM609,
  MM610,
  MM611,
];
