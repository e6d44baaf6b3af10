""" Contains all the data models used in inputs/outputs """

from .advisor_config import AdvisorConfig
from .ai_provider import AIProvider
from .ai_provider_key import AIProviderKey
from .ai_provider_key_mutation import AIProviderKeyMutation
from .ai_provider_settings import AIProviderSettings
from .ai_provider_settings_type import AIProviderSettingsType
from .ai_provider_settings_version import AIProviderSettingsVersion
from .ai_provider_summary import AIProviderSummary
from .ai_provider_type import AIProviderType
from .api_key import APIKey
from .api_key_old_scope import APIKeyOldScope
from .api_key_scope import APIKeyScope
from .api_key_with_owner import APIKeyWithOwner
from .assignable_roles import AssignableRoles
from .audit_action import AuditAction
from .audit_entry import AuditEntry
from .audit_entry_details import AuditEntryDetails
from .audit_log_page import AuditLogPage
from .audit_target import AuditTarget
from .auth_method import AuthMethod
from .auth_methods import AuthMethods
from .available_experiments import AvailableExperiments
from .build_info_response import BuildInfoResponse
from .chat import Chat
from .chat_acl import ChatACL
from .chat_attachment_media_type import ChatAttachmentMediaType
from .chat_auto_archive_days_response import ChatAutoArchiveDaysResponse
from .chat_busy_behavior import ChatBusyBehavior
from .chat_busy_response import ChatBusyResponse
from .chat_child import ChatChild
from .chat_child_children_item import ChatChildChildrenItem
from .chat_child_labels import ChatChildLabels
from .chat_client_type import ChatClientType
from .chat_client_type_choice import ChatClientTypeChoice
from .chat_context_file_part import ChatContextFilePart
from .chat_context_file_part_type import ChatContextFilePartType
from .chat_cost import ChatCost
from .chat_cost_chat_breakdown import ChatCostChatBreakdown
from .chat_cost_model_breakdown import ChatCostModelBreakdown
from .chat_cost_summary import ChatCostSummary
from .chat_cost_user_rollup import ChatCostUserRollup
from .chat_cost_users_response import ChatCostUsersResponse
from .chat_debug_logging_admin_settings import ChatDebugLoggingAdminSettings
from .chat_debug_retention_days_response import ChatDebugRetentionDaysResponse
from .chat_debug_run import ChatDebugRun
from .chat_debug_run_facts import ChatDebugRunFacts
from .chat_debug_run_kind import ChatDebugRunKind
from .chat_debug_run_summary import ChatDebugRunSummary
from .chat_debug_status import ChatDebugStatus
from .chat_debug_step import ChatDebugStep
from .chat_debug_step_attempts_item import ChatDebugStepAttemptsItem
from .chat_debug_step_error import ChatDebugStepError
from .chat_debug_step_metadata import ChatDebugStepMetadata
from .chat_debug_step_normalized_request import ChatDebugStepNormalizedRequest
from .chat_debug_step_normalized_response import ChatDebugStepNormalizedResponse
from .chat_debug_step_operation import ChatDebugStepOperation
from .chat_debug_step_usage import ChatDebugStepUsage
from .chat_diff_status import ChatDiffStatus
from .chat_error import ChatError
from .chat_error_kind import ChatErrorKind
from .chat_export import ChatExport
from .chat_export_chat import ChatExportChat
from .chat_export_chat_labels import ChatExportChatLabels
from .chat_export_file import ChatExportFile
from .chat_export_format import ChatExportFormat
from .chat_export_message import ChatExportMessage
from .chat_export_version import ChatExportVersion
from .chat_file_metadata import ChatFileMetadata
from .chat_file_part import ChatFilePart
from .chat_file_part_type import ChatFilePartType
from .chat_file_reference_part import ChatFileReferencePart
from .chat_file_reference_part_type import ChatFileReferencePartType
from .chat_fork import ChatFork
from .chat_group import ChatGroup
from .chat_hook_notice_part import ChatHookNoticePart
from .chat_hook_notice_part_type import ChatHookNoticePartType
from .chat_input_file_part import ChatInputFilePart
from .chat_input_file_part_type import ChatInputFilePartType
from .chat_input_file_reference_part import ChatInputFileReferencePart
from .chat_input_file_reference_part_type import ChatInputFileReferencePartType
from .chat_input_text_part import ChatInputTextPart
from .chat_input_text_part_type import ChatInputTextPartType
from .chat_labels import ChatLabels
from .chat_mcp_sign_in import ChatMCPSignIn
from .chat_message import ChatMessage
from .chat_message_role import ChatMessageRole
from .chat_message_usage import ChatMessageUsage
from .chat_messages_response import ChatMessagesResponse
from .chat_model import ChatModel
from .chat_model_anthropic_provider_options import ChatModelAnthropicProviderOptions
from .chat_model_anthropic_thinking_display import ChatModelAnthropicThinkingDisplay
from .chat_model_anthropic_thinking_options import ChatModelAnthropicThinkingOptions
from .chat_model_call_config import ChatModelCallConfig
from .chat_model_config import ChatModelConfig
from .chat_model_cost import ChatModelCost
from .chat_model_google_provider_options import ChatModelGoogleProviderOptions
from .chat_model_google_safety_setting import ChatModelGoogleSafetySetting
from .chat_model_google_thinking_config import ChatModelGoogleThinkingConfig
from .chat_model_open_ai_compat_provider_options import ChatModelOpenAICompatProviderOptions
from .chat_model_open_ai_config import ChatModelOpenAIConfig
from .chat_model_open_ai_level import ChatModelOpenAILevel
from .chat_model_open_ai_provider_options import ChatModelOpenAIProviderOptions
from .chat_model_open_ai_provider_options_logit_bias_type_0 import ChatModelOpenAIProviderOptionsLogitBiasType0
from .chat_model_open_ai_provider_options_metadata_type_0 import ChatModelOpenAIProviderOptionsMetadataType0
from .chat_model_open_ai_provider_options_prediction_type_0 import ChatModelOpenAIProviderOptionsPredictionType0
from .chat_model_open_ai_reasoning_summary import ChatModelOpenAIReasoningSummary
from .chat_model_open_ai_service_tier import ChatModelOpenAIServiceTier
from .chat_model_open_router_provider import ChatModelOpenRouterProvider
from .chat_model_open_router_provider_options import ChatModelOpenRouterProviderOptions
from .chat_model_open_router_provider_options_extra_body_type_0 import ChatModelOpenRouterProviderOptionsExtraBodyType0
from .chat_model_open_router_provider_options_logit_bias_type_0 import ChatModelOpenRouterProviderOptionsLogitBiasType0
from .chat_model_override_context import ChatModelOverrideContext
from .chat_model_override_response import ChatModelOverrideResponse
from .chat_model_provider import ChatModelProvider
from .chat_model_provider_options import ChatModelProviderOptions
from .chat_model_provider_unavailable_reason import ChatModelProviderUnavailableReason
from .chat_model_reasoning_effort_config import ChatModelReasoningEffortConfig
from .chat_model_reasoning_options import ChatModelReasoningOptions
from .chat_model_vercel_gateway_provider_options import ChatModelVercelGatewayProviderOptions
from .chat_model_vercel_provider_options import ChatModelVercelProviderOptions
from .chat_model_vercel_provider_options_extra_body_type_0 import ChatModelVercelProviderOptionsExtraBodyType0
from .chat_model_vercel_provider_options_logit_bias_type_0 import ChatModelVercelProviderOptionsLogitBiasType0
from .chat_models_response import ChatModelsResponse
from .chat_personal_model_override import ChatPersonalModelOverride
from .chat_personal_model_override_context import ChatPersonalModelOverrideContext
from .chat_personal_model_override_deployment_defaults import ChatPersonalModelOverrideDeploymentDefaults
from .chat_personal_model_override_mode import ChatPersonalModelOverrideMode
from .chat_personal_model_overrides_admin_settings import ChatPersonalModelOverridesAdminSettings
from .chat_plan_mode import ChatPlanMode
from .chat_plan_mode_choice import ChatPlanModeChoice
from .chat_plan_mode_instructions_response import ChatPlanModeInstructionsResponse
from .chat_prompt import ChatPrompt
from .chat_prompts_response import ChatPromptsResponse
from .chat_queued_message import ChatQueuedMessage
from .chat_queued_message_conflict import ChatQueuedMessageConflict
from .chat_queued_message_conflict_location import ChatQueuedMessageConflictLocation
from .chat_reasoning_part import ChatReasoningPart
from .chat_reasoning_part_type import ChatReasoningPartType
from .chat_retention_days_response import ChatRetentionDaysResponse
from .chat_role import ChatRole
from .chat_skill_part import ChatSkillPart
from .chat_skill_part_type import ChatSkillPartType
from .chat_source_part import ChatSourcePart
from .chat_source_part_type import ChatSourcePartType
from .chat_status import ChatStatus
from .chat_stream_action_required import ChatStreamActionRequired
from .chat_stream_action_required_event import ChatStreamActionRequiredEvent
from .chat_stream_action_required_event_type import ChatStreamActionRequiredEventType
from .chat_stream_error_event import ChatStreamErrorEvent
from .chat_stream_error_event_type import ChatStreamErrorEventType
from .chat_stream_history_reset_event import ChatStreamHistoryResetEvent
from .chat_stream_history_reset_event_type import ChatStreamHistoryResetEventType
from .chat_stream_message_event import ChatStreamMessageEvent
from .chat_stream_message_event_type import ChatStreamMessageEventType
from .chat_stream_message_part import ChatStreamMessagePart
from .chat_stream_message_part_event import ChatStreamMessagePartEvent
from .chat_stream_message_part_event_type import ChatStreamMessagePartEventType
from .chat_stream_preview_reset_event import ChatStreamPreviewResetEvent
from .chat_stream_preview_reset_event_type import ChatStreamPreviewResetEventType
from .chat_stream_queue_update_event import ChatStreamQueueUpdateEvent
from .chat_stream_queue_update_event_type import ChatStreamQueueUpdateEventType
from .chat_stream_retry import ChatStreamRetry
from .chat_stream_retry_event import ChatStreamRetryEvent
from .chat_stream_retry_event_type import ChatStreamRetryEventType
from .chat_stream_sign_in_required import ChatStreamSignInRequired
from .chat_stream_sign_in_required_event import ChatStreamSignInRequiredEvent
from .chat_stream_sign_in_required_event_type import ChatStreamSignInRequiredEventType
from .chat_stream_status import ChatStreamStatus
from .chat_stream_status_event import ChatStreamStatusEvent
from .chat_stream_status_event_type import ChatStreamStatusEventType
from .chat_stream_tool_call import ChatStreamToolCall
from .chat_system_prompt_response import ChatSystemPromptResponse
from .chat_text_part import ChatTextPart
from .chat_text_part_type import ChatTextPartType
from .chat_tool_call_part import ChatToolCallPart
from .chat_tool_call_part_type import ChatToolCallPartType
from .chat_tool_result_part import ChatToolResultPart
from .chat_tool_result_part_type import ChatToolResultPartType
from .chat_unsupported_provider import ChatUnsupportedProvider
from .chat_usage_limit_config import ChatUsageLimitConfig
from .chat_usage_limit_config_response import ChatUsageLimitConfigResponse
from .chat_usage_limit_exceeded_response import ChatUsageLimitExceededResponse
from .chat_usage_limit_group_override import ChatUsageLimitGroupOverride
from .chat_usage_limit_override import ChatUsageLimitOverride
from .chat_usage_limit_period import ChatUsageLimitPeriod
from .chat_usage_limit_status import ChatUsageLimitStatus
from .chat_user import ChatUser
from .chat_watch_event import ChatWatchEvent
from .chat_watch_event_kind import ChatWatchEventKind
from .create_ai_provider_request import CreateAIProviderRequest
from .create_chat_message_request import CreateChatMessageRequest
from .create_chat_message_response import CreateChatMessageResponse
from .create_chat_model_config_request import CreateChatModelConfigRequest
from .create_chat_request import CreateChatRequest
from .create_chat_request_labels_type_0 import CreateChatRequestLabelsType0
from .create_first_user_onboarding_info import CreateFirstUserOnboardingInfo
from .create_first_user_request import CreateFirstUserRequest
from .create_first_user_response import CreateFirstUserResponse
from .create_first_user_trial_info import CreateFirstUserTrialInfo
from .create_group_request import CreateGroupRequest
from .create_mcp_server_config_request import CreateMCPServerConfigRequest
from .create_mcp_server_config_request_custom_headers_type_0 import CreateMCPServerConfigRequestCustomHeadersType0
from .create_organization_request import CreateOrganizationRequest
from .create_token_request import CreateTokenRequest
from .create_user_ai_provider_key_request import CreateUserAIProviderKeyRequest
from .create_user_request_with_orgs import CreateUserRequestWithOrgs
from .decide_tool_calls_request import DecideToolCallsRequest
from .dynamic_tool import DynamicTool
from .edit_chat_message_request import EditChatMessageRequest
from .edit_chat_message_response import EditChatMessageResponse
from .error_response import ErrorResponse
from .experiment import Experiment
from .export_chat_format import ExportChatFormat
from .fork_chat_request import ForkChatRequest
from .generate_api_key_response import GenerateAPIKeyResponse
from .get_chat_cost_summary_format import GetChatCostSummaryFormat
from .get_chat_cost_users_format import GetChatCostUsersFormat
from .get_users_response import GetUsersResponse
from .github_auth_method import GithubAuthMethod
from .group import Group
from .group_members_response import GroupMembersResponse
from .group_source import GroupSource
from .import_chat_request import ImportChatRequest
from .imported_chat import ImportedChat
from .imported_chat_facts import ImportedChatFacts
from .imported_chat_facts_labels_type_0 import ImportedChatFactsLabelsType0
from .imported_file import ImportedFile
from .imported_file_part import ImportedFilePart
from .imported_file_part_type import ImportedFilePartType
from .imported_file_reference_part import ImportedFileReferencePart
from .imported_file_reference_part_type import ImportedFileReferencePartType
from .imported_message import ImportedMessage
from .imported_message_role import ImportedMessageRole
from .imported_reasoning_part import ImportedReasoningPart
from .imported_reasoning_part_type import ImportedReasoningPartType
from .imported_source_part import ImportedSourcePart
from .imported_source_part_type import ImportedSourcePartType
from .imported_text_part import ImportedTextPart
from .imported_text_part_type import ImportedTextPartType
from .imported_tool_call_part import ImportedToolCallPart
from .imported_tool_call_part_type import ImportedToolCallPartType
from .imported_tool_result_part import ImportedToolResultPart
from .imported_tool_result_part_type import ImportedToolResultPartType
from .login_type import LoginType
from .login_with_password_request import LoginWithPasswordRequest
from .login_with_password_response import LoginWithPasswordResponse
from .mcp_auth_type import MCPAuthType
from .mcp_availability import MCPAvailability
from .mcp_server_config import MCPServerConfig
from .mcp_server_config_transport import MCPServerConfigTransport
from .mcp_server_o_auth_2_disconnect_response import MCPServerOAuth2DisconnectResponse
from .mcp_tool_approval import MCPToolApproval
from .mcp_tool_approvals import MCPToolApprovals
from .mcp_tool_approvals_choice import MCPToolApprovalsChoice
from .mcp_tool_approvals_choice_tools_type_0 import MCPToolApprovalsChoiceToolsType0
from .mcp_tool_approvals_tools import MCPToolApprovalsTools
from .mcp_transport import MCPTransport
from .oidc_auth_method import OIDCAuthMethod
from .organization import Organization
from .organization_member import OrganizationMember
from .organization_member_with_user_data import OrganizationMemberWithUserData
from .paginated_members_response import PaginatedMembersResponse
from .patch_group_request import PatchGroupRequest
from .permission import Permission
from .propose_chat_title_response import ProposeChatTitleResponse
from .reasoning_effort import ReasoningEffort
from .reasoning_effort_choice import ReasoningEffortChoice
from .reduced_user import ReducedUser
from .role_name import RoleName
from .server_sent_event import ServerSentEvent
from .slim_role import SlimRole
from .submit_tool_results_request import SubmitToolResultsRequest
from .token_config import TokenConfig
from .tool_call_approval import ToolCallApproval
from .tool_call_decision import ToolCallDecision
from .tool_call_decision_args_type_0 import ToolCallDecisionArgsType0
from .tool_call_decision_decision import ToolCallDecisionDecision
from .tool_call_outcome import ToolCallOutcome
from .tool_call_outcome_args import ToolCallOutcomeArgs
from .tool_call_outcome_decision import ToolCallOutcomeDecision
from .tool_result import ToolResult
from .update_ai_provider_request import UpdateAIProviderRequest
from .update_chat_acl import UpdateChatACL
from .update_chat_acl_group_roles_type_0 import UpdateChatACLGroupRolesType0
from .update_chat_acl_group_roles_type_0_additional_property import UpdateChatACLGroupRolesType0AdditionalProperty
from .update_chat_acl_user_roles_type_0 import UpdateChatACLUserRolesType0
from .update_chat_acl_user_roles_type_0_additional_property import UpdateChatACLUserRolesType0AdditionalProperty
from .update_chat_auto_archive_days_request import UpdateChatAutoArchiveDaysRequest
from .update_chat_debug_logging_allow_users_request import UpdateChatDebugLoggingAllowUsersRequest
from .update_chat_debug_retention_days_request import UpdateChatDebugRetentionDaysRequest
from .update_chat_model_config_request import UpdateChatModelConfigRequest
from .update_chat_model_override_request import UpdateChatModelOverrideRequest
from .update_chat_personal_model_overrides_admin_settings_request import UpdateChatPersonalModelOverridesAdminSettingsRequest
from .update_chat_plan_mode_instructions_request import UpdateChatPlanModeInstructionsRequest
from .update_chat_queued_message_request import UpdateChatQueuedMessageRequest
from .update_chat_request import UpdateChatRequest
from .update_chat_request_labels_type_0 import UpdateChatRequestLabelsType0
from .update_chat_retention_days_request import UpdateChatRetentionDaysRequest
from .update_chat_system_prompt_request import UpdateChatSystemPromptRequest
from .update_chat_usage_limit_config_request import UpdateChatUsageLimitConfigRequest
from .update_mcp_server_config_request import UpdateMCPServerConfigRequest
from .update_mcp_server_config_request_custom_headers_type_0 import UpdateMCPServerConfigRequestCustomHeadersType0
from .update_organization_request import UpdateOrganizationRequest
from .update_roles import UpdateRoles
from .update_user_chat_compaction_threshold_request import UpdateUserChatCompactionThresholdRequest
from .update_user_chat_debug_logging_request import UpdateUserChatDebugLoggingRequest
from .update_user_chat_personal_model_override_request import UpdateUserChatPersonalModelOverrideRequest
from .update_user_password_request import UpdateUserPasswordRequest
from .update_user_profile_request import UpdateUserProfileRequest
from .upload_chat_file_response import UploadChatFileResponse
from .upsert_chat_usage_limit_group_override_request import UpsertChatUsageLimitGroupOverrideRequest
from .upsert_chat_usage_limit_override_request import UpsertChatUsageLimitOverrideRequest
from .user import User
from .user_ai_provider_key_config import UserAIProviderKeyConfig
from .user_chat_compaction_threshold import UserChatCompactionThreshold
from .user_chat_compaction_thresholds import UserChatCompactionThresholds
from .user_chat_custom_prompt import UserChatCustomPrompt
from .user_chat_debug_logging_settings import UserChatDebugLoggingSettings
from .user_chat_personal_model_overrides_response import UserChatPersonalModelOverridesResponse
from .user_login_type import UserLoginType
from .user_roles import UserRoles
from .user_roles_organization_roles import UserRolesOrganizationRoles
from .user_status import UserStatus
from .validate_user_password_request import ValidateUserPasswordRequest
from .validate_user_password_response import ValidateUserPasswordResponse
from .validation_error import ValidationError

__all__ = (
    "AdvisorConfig",
    "AIProvider",
    "AIProviderKey",
    "AIProviderKeyMutation",
    "AIProviderSettings",
    "AIProviderSettingsType",
    "AIProviderSettingsVersion",
    "AIProviderSummary",
    "AIProviderType",
    "APIKey",
    "APIKeyOldScope",
    "APIKeyScope",
    "APIKeyWithOwner",
    "AssignableRoles",
    "AuditAction",
    "AuditEntry",
    "AuditEntryDetails",
    "AuditLogPage",
    "AuditTarget",
    "AuthMethod",
    "AuthMethods",
    "AvailableExperiments",
    "BuildInfoResponse",
    "Chat",
    "ChatACL",
    "ChatAttachmentMediaType",
    "ChatAutoArchiveDaysResponse",
    "ChatBusyBehavior",
    "ChatBusyResponse",
    "ChatChild",
    "ChatChildChildrenItem",
    "ChatChildLabels",
    "ChatClientType",
    "ChatClientTypeChoice",
    "ChatContextFilePart",
    "ChatContextFilePartType",
    "ChatCost",
    "ChatCostChatBreakdown",
    "ChatCostModelBreakdown",
    "ChatCostSummary",
    "ChatCostUserRollup",
    "ChatCostUsersResponse",
    "ChatDebugLoggingAdminSettings",
    "ChatDebugRetentionDaysResponse",
    "ChatDebugRun",
    "ChatDebugRunFacts",
    "ChatDebugRunKind",
    "ChatDebugRunSummary",
    "ChatDebugStatus",
    "ChatDebugStep",
    "ChatDebugStepAttemptsItem",
    "ChatDebugStepError",
    "ChatDebugStepMetadata",
    "ChatDebugStepNormalizedRequest",
    "ChatDebugStepNormalizedResponse",
    "ChatDebugStepOperation",
    "ChatDebugStepUsage",
    "ChatDiffStatus",
    "ChatError",
    "ChatErrorKind",
    "ChatExport",
    "ChatExportChat",
    "ChatExportChatLabels",
    "ChatExportFile",
    "ChatExportFormat",
    "ChatExportMessage",
    "ChatExportVersion",
    "ChatFileMetadata",
    "ChatFilePart",
    "ChatFilePartType",
    "ChatFileReferencePart",
    "ChatFileReferencePartType",
    "ChatFork",
    "ChatGroup",
    "ChatHookNoticePart",
    "ChatHookNoticePartType",
    "ChatInputFilePart",
    "ChatInputFilePartType",
    "ChatInputFileReferencePart",
    "ChatInputFileReferencePartType",
    "ChatInputTextPart",
    "ChatInputTextPartType",
    "ChatLabels",
    "ChatMCPSignIn",
    "ChatMessage",
    "ChatMessageRole",
    "ChatMessagesResponse",
    "ChatMessageUsage",
    "ChatModel",
    "ChatModelAnthropicProviderOptions",
    "ChatModelAnthropicThinkingDisplay",
    "ChatModelAnthropicThinkingOptions",
    "ChatModelCallConfig",
    "ChatModelConfig",
    "ChatModelCost",
    "ChatModelGoogleProviderOptions",
    "ChatModelGoogleSafetySetting",
    "ChatModelGoogleThinkingConfig",
    "ChatModelOpenAICompatProviderOptions",
    "ChatModelOpenAIConfig",
    "ChatModelOpenAILevel",
    "ChatModelOpenAIProviderOptions",
    "ChatModelOpenAIProviderOptionsLogitBiasType0",
    "ChatModelOpenAIProviderOptionsMetadataType0",
    "ChatModelOpenAIProviderOptionsPredictionType0",
    "ChatModelOpenAIReasoningSummary",
    "ChatModelOpenAIServiceTier",
    "ChatModelOpenRouterProvider",
    "ChatModelOpenRouterProviderOptions",
    "ChatModelOpenRouterProviderOptionsExtraBodyType0",
    "ChatModelOpenRouterProviderOptionsLogitBiasType0",
    "ChatModelOverrideContext",
    "ChatModelOverrideResponse",
    "ChatModelProvider",
    "ChatModelProviderOptions",
    "ChatModelProviderUnavailableReason",
    "ChatModelReasoningEffortConfig",
    "ChatModelReasoningOptions",
    "ChatModelsResponse",
    "ChatModelVercelGatewayProviderOptions",
    "ChatModelVercelProviderOptions",
    "ChatModelVercelProviderOptionsExtraBodyType0",
    "ChatModelVercelProviderOptionsLogitBiasType0",
    "ChatPersonalModelOverride",
    "ChatPersonalModelOverrideContext",
    "ChatPersonalModelOverrideDeploymentDefaults",
    "ChatPersonalModelOverrideMode",
    "ChatPersonalModelOverridesAdminSettings",
    "ChatPlanMode",
    "ChatPlanModeChoice",
    "ChatPlanModeInstructionsResponse",
    "ChatPrompt",
    "ChatPromptsResponse",
    "ChatQueuedMessage",
    "ChatQueuedMessageConflict",
    "ChatQueuedMessageConflictLocation",
    "ChatReasoningPart",
    "ChatReasoningPartType",
    "ChatRetentionDaysResponse",
    "ChatRole",
    "ChatSkillPart",
    "ChatSkillPartType",
    "ChatSourcePart",
    "ChatSourcePartType",
    "ChatStatus",
    "ChatStreamActionRequired",
    "ChatStreamActionRequiredEvent",
    "ChatStreamActionRequiredEventType",
    "ChatStreamErrorEvent",
    "ChatStreamErrorEventType",
    "ChatStreamHistoryResetEvent",
    "ChatStreamHistoryResetEventType",
    "ChatStreamMessageEvent",
    "ChatStreamMessageEventType",
    "ChatStreamMessagePart",
    "ChatStreamMessagePartEvent",
    "ChatStreamMessagePartEventType",
    "ChatStreamPreviewResetEvent",
    "ChatStreamPreviewResetEventType",
    "ChatStreamQueueUpdateEvent",
    "ChatStreamQueueUpdateEventType",
    "ChatStreamRetry",
    "ChatStreamRetryEvent",
    "ChatStreamRetryEventType",
    "ChatStreamSignInRequired",
    "ChatStreamSignInRequiredEvent",
    "ChatStreamSignInRequiredEventType",
    "ChatStreamStatus",
    "ChatStreamStatusEvent",
    "ChatStreamStatusEventType",
    "ChatStreamToolCall",
    "ChatSystemPromptResponse",
    "ChatTextPart",
    "ChatTextPartType",
    "ChatToolCallPart",
    "ChatToolCallPartType",
    "ChatToolResultPart",
    "ChatToolResultPartType",
    "ChatUnsupportedProvider",
    "ChatUsageLimitConfig",
    "ChatUsageLimitConfigResponse",
    "ChatUsageLimitExceededResponse",
    "ChatUsageLimitGroupOverride",
    "ChatUsageLimitOverride",
    "ChatUsageLimitPeriod",
    "ChatUsageLimitStatus",
    "ChatUser",
    "ChatWatchEvent",
    "ChatWatchEventKind",
    "CreateAIProviderRequest",
    "CreateChatMessageRequest",
    "CreateChatMessageResponse",
    "CreateChatModelConfigRequest",
    "CreateChatRequest",
    "CreateChatRequestLabelsType0",
    "CreateFirstUserOnboardingInfo",
    "CreateFirstUserRequest",
    "CreateFirstUserResponse",
    "CreateFirstUserTrialInfo",
    "CreateGroupRequest",
    "CreateMCPServerConfigRequest",
    "CreateMCPServerConfigRequestCustomHeadersType0",
    "CreateOrganizationRequest",
    "CreateTokenRequest",
    "CreateUserAIProviderKeyRequest",
    "CreateUserRequestWithOrgs",
    "DecideToolCallsRequest",
    "DynamicTool",
    "EditChatMessageRequest",
    "EditChatMessageResponse",
    "ErrorResponse",
    "Experiment",
    "ExportChatFormat",
    "ForkChatRequest",
    "GenerateAPIKeyResponse",
    "GetChatCostSummaryFormat",
    "GetChatCostUsersFormat",
    "GetUsersResponse",
    "GithubAuthMethod",
    "Group",
    "GroupMembersResponse",
    "GroupSource",
    "ImportChatRequest",
    "ImportedChat",
    "ImportedChatFacts",
    "ImportedChatFactsLabelsType0",
    "ImportedFile",
    "ImportedFilePart",
    "ImportedFilePartType",
    "ImportedFileReferencePart",
    "ImportedFileReferencePartType",
    "ImportedMessage",
    "ImportedMessageRole",
    "ImportedReasoningPart",
    "ImportedReasoningPartType",
    "ImportedSourcePart",
    "ImportedSourcePartType",
    "ImportedTextPart",
    "ImportedTextPartType",
    "ImportedToolCallPart",
    "ImportedToolCallPartType",
    "ImportedToolResultPart",
    "ImportedToolResultPartType",
    "LoginType",
    "LoginWithPasswordRequest",
    "LoginWithPasswordResponse",
    "MCPAuthType",
    "MCPAvailability",
    "MCPServerConfig",
    "MCPServerConfigTransport",
    "MCPServerOAuth2DisconnectResponse",
    "MCPToolApproval",
    "MCPToolApprovals",
    "MCPToolApprovalsChoice",
    "MCPToolApprovalsChoiceToolsType0",
    "MCPToolApprovalsTools",
    "MCPTransport",
    "OIDCAuthMethod",
    "Organization",
    "OrganizationMember",
    "OrganizationMemberWithUserData",
    "PaginatedMembersResponse",
    "PatchGroupRequest",
    "Permission",
    "ProposeChatTitleResponse",
    "ReasoningEffort",
    "ReasoningEffortChoice",
    "ReducedUser",
    "RoleName",
    "ServerSentEvent",
    "SlimRole",
    "SubmitToolResultsRequest",
    "TokenConfig",
    "ToolCallApproval",
    "ToolCallDecision",
    "ToolCallDecisionArgsType0",
    "ToolCallDecisionDecision",
    "ToolCallOutcome",
    "ToolCallOutcomeArgs",
    "ToolCallOutcomeDecision",
    "ToolResult",
    "UpdateAIProviderRequest",
    "UpdateChatACL",
    "UpdateChatACLGroupRolesType0",
    "UpdateChatACLGroupRolesType0AdditionalProperty",
    "UpdateChatACLUserRolesType0",
    "UpdateChatACLUserRolesType0AdditionalProperty",
    "UpdateChatAutoArchiveDaysRequest",
    "UpdateChatDebugLoggingAllowUsersRequest",
    "UpdateChatDebugRetentionDaysRequest",
    "UpdateChatModelConfigRequest",
    "UpdateChatModelOverrideRequest",
    "UpdateChatPersonalModelOverridesAdminSettingsRequest",
    "UpdateChatPlanModeInstructionsRequest",
    "UpdateChatQueuedMessageRequest",
    "UpdateChatRequest",
    "UpdateChatRequestLabelsType0",
    "UpdateChatRetentionDaysRequest",
    "UpdateChatSystemPromptRequest",
    "UpdateChatUsageLimitConfigRequest",
    "UpdateMCPServerConfigRequest",
    "UpdateMCPServerConfigRequestCustomHeadersType0",
    "UpdateOrganizationRequest",
    "UpdateRoles",
    "UpdateUserChatCompactionThresholdRequest",
    "UpdateUserChatDebugLoggingRequest",
    "UpdateUserChatPersonalModelOverrideRequest",
    "UpdateUserPasswordRequest",
    "UpdateUserProfileRequest",
    "UploadChatFileResponse",
    "UpsertChatUsageLimitGroupOverrideRequest",
    "UpsertChatUsageLimitOverrideRequest",
    "User",
    "UserAIProviderKeyConfig",
    "UserChatCompactionThreshold",
    "UserChatCompactionThresholds",
    "UserChatCustomPrompt",
    "UserChatDebugLoggingSettings",
    "UserChatPersonalModelOverridesResponse",
    "UserLoginType",
    "UserRoles",
    "UserRolesOrganizationRoles",
    "UserStatus",
    "ValidateUserPasswordRequest",
    "ValidateUserPasswordResponse",
    "ValidationError",
)
