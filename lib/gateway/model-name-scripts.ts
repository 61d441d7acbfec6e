import { callPath, INFERENCE_METHODS } from '../routing/inference-api';

/**
 * Headers by which a caller could steer ModelMesh or the gateway itself. ModelMesh takes the model from the first four when the body has no
 * name, `mm-balanced` is the gateway's own word to it, and the last one is how an endpoint picker tells the gateway where to send a request.
 */
export const INTERNAL_HEADERS: readonly string[] = [
  'mm-vmodel-id',
  'mm-vmodel-id-bin',
  'mm-model-id',
  'mm-model-id-bin',
  'mm-balanced',
  'x-gateway-destination-endpoint',
];

/** Fields of a body beyond which a request is refused: reading them takes time, and no model has as many inputs. */
export const MAX_FIELDS = 4096;

/** Characters of the longest name that an object of Kubernetes can have. */
const MAX_NAME = 253;

// Of what ModelMesh accepts as a name, and of nothing that another reader could take for two names or a path.
const NAME_PATTERN = '^%w[%w._-]*$';

/** What both scripts begin with. Envoy answers JSON callers through the transcoder, which makes 400 of the status of gRPC. */
const REFUSE = `local function refuse(handle, why)
  local headers = {[":status"] = "400", ["content-type"] = "text/plain"}
  local content = handle:headers():get("content-type") or ""
  if string.sub(content, 1, 16) == "application/grpc" then
    headers = {[":status"] = "400", ["grpc-status"] = "3"}
  end
  handle:respond(headers, why)
end
`;

/**
 * The script at the door, before authorization and transcoding: it takes the model's name from the path to the header, drops the headers that
 * are not the caller's to send, and refuses a request whose header names several models, or another than its path.
 */
export function doorScript(modelHeader: string): string {
  return `-- Takes the model's name from the path /v2/models/NAME to the header, and refuses a request that names two.
${REFUSE}
function envoy_on_request(handle)
  local headers = handle:headers()
${INTERNAL_HEADERS.map((name) => `  headers:remove("${name}")\n`).join('')}
  -- Several headers of one name arrive as one, with a comma between them.
  local sent = headers:get("${modelHeader}")
  if sent ~= nil and not string.find(sent, "${NAME_PATTERN}") then
    return refuse(handle, "header ${modelHeader} is not the name of one model: send it once, or leave it out")
  end
  local path = string.match(headers:get(":path") or "", "^[^?#]*")
  local segment = string.match(path, "^/v2/models/([^/]+)$") or string.match(path, "^/v2/models/([^/]+)/infer$")
  if segment == nil then return end
  -- The transcoder decodes the name too.
  local name = string.gsub(segment, "%%(%x%x)", function(hex) return string.char(tonumber(hex, 16)) end)
  if not string.find(name, "${NAME_PATTERN}") then
    return refuse(handle, "the path does not name a model: use letters, digits, '-', '_' and '.'")
  end
  if sent == nil then
    headers:replace("${modelHeader}", name)
  elseif sent ~= name then
    return refuse(handle, "header ${modelHeader} and the path name different models: name one, or leave the header out")
  end
end
`;
}

/**
 * The script after transcoding: it reads the name that ModelMesh will go by, field 1 of the message, and compares it with the header. A caller
 * without header gets one. A version is refused: ModelMesh would unload and load the model over and over.
 */
export function bodyScript(modelHeader: string): string {
  return `-- Compares the model's name in the body, by which ModelMesh goes, with the header.
${REFUSE}
local METHODS = {${INFERENCE_METHODS.map((method) => `["${callPath(method)}"] = true`).join(', ')}}

-- Reads a number of at most so many bytes; returns it and where it ends, or nothing.
local function varint(body, at, last, most)
  local value, scale = 0, 1
  for index = at, math.min(at + most, last) - 1 do
    local byte = string.byte(body:getBytes(index, 1))
    value = value + byte % 128 * scale
    scale = scale * 128
    if byte < 128 then return value, index + 1 end
  end
  return nil
end

-- The name and the version of a message, or nothing and why it is refused.
local function read(body)
  local last = body:length()
  if last < 5 then return nil, "the body is no message of gRPC" end
  local flag, a, b, c, d = string.byte(body:getBytes(0, 5), 1, 5)
  if flag ~= 0 then return nil, "the message is compressed: send it as it is" end
  if ((a * 256 + b) * 256 + c) * 256 + d ~= last - 5 then return nil, "the body is not one message of gRPC" end
  local broken = "the message cannot be read"
  local found, at, fields = {}, 5, 0
  while at < last do
    fields = fields + 1
    if fields > ${MAX_FIELDS} then return nil, "the message has more than ${MAX_FIELDS} fields" end
    local tag, start = varint(body, at, last, 5)
    -- Readers of 32 bits would take a larger one for another field.
    if tag == nil or tag >= 2 ^ 32 then return nil, broken end
    local field, kind = math.floor(tag / 8), tag % 8
    local size = 0
    if kind == 0 then
      local value, stop = varint(body, start, last, 10)
      if value == nil then return nil, broken end
      start = stop
    elseif kind == 1 then
      size = 8
    elseif kind == 2 then
      size, start = varint(body, start, last, 5)
      if size == nil then return nil, broken end
    elseif kind == 5 then
      size = 4
    else
      return nil, broken
    end
    if start + size > last or field == 0 or (field <= 2 and kind ~= 2) then return nil, broken end
    if field <= 2 then
      if size > ${MAX_NAME} then return nil, "the body names a model of more than ${MAX_NAME} characters" end
      if found[field] ~= nil then return nil, "the body names its model or its version twice: name it once" end
      found[field] = size > 0 and body:getBytes(start, size) or ""
    end
    at = start + size
  end
  return found[1] or "", found[2] or ""
end

function envoy_on_request(handle)
  local path = string.match(handle:headers():get(":path") or "", "^[^?#]*")
  if not METHODS[path] then return end
  local body = handle:body()
  if body == nil then return refuse(handle, "the body is no message of gRPC") end
  -- Envoy lets a request pass when a script fails.
  local whole, name, version = pcall(read, body)
  if not whole then return refuse(handle, "the message cannot be read") end
  if name == nil then return refuse(handle, version) end
  if not string.find(name, "${NAME_PATTERN}") then
    return refuse(handle, "the body does not name a model: use letters, digits, '-', '_' and '.'")
  end
  if version ~= "" then
    return refuse(handle, "the request names a version: leave it out, a model of ModelMesh has one only")
  end
  -- Asked for again: what was got before the body came is no longer valid.
  local headers = handle:headers()
  local sent = headers:get("${modelHeader}")
  if sent == nil then
    headers:replace("${modelHeader}", name)
  elseif sent ~= name then
    return refuse(handle, "the body names another model than header ${modelHeader} or the path: name one")
  end
end
`;
}
